import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { copyBrowse, prepareBrowse, serveBrowse } from './browse-files.ts';
import { copySnapshots } from './copy-snapshots.ts';
import { servePublished } from './serve.ts';

/**
 * Puts the published files of `folder` where the pages read them and under the site's own addresses: in development
 * straight from the folder, in a build as a copy beside the pages.
 */
export function publishedFiles(folder: string): AstroIntegration {
  const source = resolve(folder);
  let developing = false;
  return {
    name: 'published-files',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        developing = command === 'dev';
        const define = {
          'import.meta.env.DATASET_FOLDER': JSON.stringify(source),
          'import.meta.env.BROWSE_FOLDER': 'null',
          'import.meta.env.BUILD_ID': JSON.stringify(developing ? '' : Date.now().toString(36)),
        };
        // What a built site answers on request must fit its prerendered pages, whatever was exported since. Where its
        // copies are is told by who starts it: it is served elsewhere than it was built.
        const copies = {
          'import.meta.env.DATASET_FOLDER': 'process.env.BUILT_DATASET_DIR',
          'import.meta.env.BROWSE_FOLDER': 'process.env.BUILT_BROWSE_DIR',
        };
        const environments = developing ? {} : { ssr: { define: copies } };
        updateConfig({ vite: { define, environments } });
      },
      'astro:route:setup': ({ route }) => {
        // The dev server asks a page for its addresses once and keeps them; looked up on request, those of an
        // export made meanwhile are found too.
        if (developing && /pages\/sitemap\/.*\[/.test(route.component)) route.prerender = false;
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use(servePublished(source));
        server.middlewares.use(serveBrowse(source));
      },
      'astro:build:start': () => prepareBrowse(source),
      'astro:build:done': async ({ dir }) => {
        await copySnapshots(source, fileURLToPath(dir));
        await copyBrowse(source, fileURLToPath(dir));
      },
    },
  };
}
