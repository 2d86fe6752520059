import type { Connect, Plugin } from 'vite';
import { answerEach } from '../start/answer-each.ts';
import { createProxies } from '../start/client-address.ts';

const proxies = createProxies([]);

/** Folders with secrets or bulk that Vite would serve like any other file of the checkout. */
const hidden = /^\/+(?:@fs\/.*)?\.(?:data|dataset|git)(?:\/|$)/;

const handle: Connect.NextHandleFunction = (request, response, next) => {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (hidden.test(decode(path))) {
    response.writeHead(404).end();
    return;
  }
  // Astro's development server answers cross-site requests itself, unless they navigate. The API has its own answer,
  // and goes by where a request comes from.
  if (path.startsWith('/api/')) request.headers['sec-fetch-mode'] = 'navigate';
  answerEach(() => next(), proxies, [])(request, response);
};

/** What stands before Astro in development. */
export const front: Plugin = {
  name: 'front',
  enforce: 'post',
  configureServer(server) {
    // Astro puts its own check first once all plugins are set up; this has to come before it.
    return () => {
      server.middlewares.stack.unshift({ route: '', handle });
    };
  },
};

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
