import type { Plugin } from 'vite';

/** Folders with secrets or bulk that Vite would serve like any other file of the checkout. */
const hidden = /^\/+(?:@fs\/.*)?\.(?:data|dataset|git)(?:\/|$)/;

/** What stands before Astro in development. */
export const front: Plugin = {
  name: 'front',
  enforce: 'pre',
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (hidden.test(decode(path))) {
        response.writeHead(404).end();
        return;
      }
      // Astro's development server answers cross-site requests itself, unless they navigate. The API has its own
      // answer, and goes by where a request comes from.
      if (path.startsWith('/api/')) request.headers['sec-fetch-mode'] = 'navigate';
      next();
    });
  },
};

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
