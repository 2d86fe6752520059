import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { faceHeaders } from '#domain/face-headers.ts';
import { mainPages } from './addresses.ts';
import { pageMarkdown } from './markdown.ts';
import { securityContact } from './security-contact.ts';

/**
 * What programs read and no file below pages/ can make: the main pages in Markdown, from their HTML, and
 * security.txt, which there is only where there is somebody to tell.
 */
export function machineFaces(repositoryUrl: string | null): AstroIntegration {
  let site = 'http://127.0.0.1:4321';
  return {
    name: 'machine-faces',
    hooks: {
      'astro:config:setup': ({ config, injectRoute }) => {
        site = config.site ?? site;
        if (securityContact(repositoryUrl) === null) return;
        const entrypoint = new URL('security-txt.ts', import.meta.url);
        injectRoute({ pattern: '/.well-known/security.txt', entrypoint, prerender: true });
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const page = mainPages.find(({ twin }) => twin === request.url?.replace(/[?#].*$/s, ''));
          if (page === undefined) return next();
          const address = new URL(page.path, site);
          // Not at the host that a request names, which may be any.
          fetch(new URL(page.path, `http://127.0.0.1:${request.socket.localPort}`))
            .then(async (answer) => pageMarkdown(await answer.text(), address))
            .then((text) => {
              for (const [name, value] of Object.entries(faceHeaders(page.twin)))
                response.setHeader(name, value);
              response.end(text);
            }, next);
        });
      },
      'astro:build:done': async ({ dir }) => {
        const client = fileURLToPath(dir);
        for (const { path, twin } of mainPages) {
          const html = await readFile(resolve(client, `.${path}`, 'index.html'), 'utf8');
          await writeFile(resolve(client, `.${twin}`), await pageMarkdown(html, new URL(path, site)));
        }
      },
    },
  };
}
