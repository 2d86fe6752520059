import { cp, link, mkdir, readdir, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
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
        updateConfig({ vite: { define: { 'import.meta.env.DATASET_FOLDER': JSON.stringify(source) } } });
      },
      'astro:route:setup': ({ route }) => {
        // The dev server asks a page for its addresses once and keeps them; looked up on request, those of an
        // export made meanwhile are found too.
        if (developing && /pages\/(?:sessions|contributors)\/.*\[/.test(route.component))
          route.prerender = false;
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use(servePublished(source));
      },
      'astro:build:done': async ({ dir }) => {
        const client = fileURLToPath(dir);
        await copySnapshot(resolve(source, 'latest'), client);
      },
    },
  };
}

/**
 * Copies the newest snapshot to the address that never changes, and links its files under the ones that do. An index
 * without an export yet is no error; anything else that keeps a file from being copied is.
 */
async function copySnapshot(latest: string, client: string): Promise<void> {
  const folder = await realpath(latest).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (folder === null) return;
  const snapshot = resolve(client, 'dataset/snapshots', basename(folder));
  await cp(folder, snapshot, { recursive: true });
  await mkdir(resolve(client, 'dataset/latest'), { recursive: true });
  for (const name of await readdir(snapshot)) {
    await link(resolve(snapshot, name), resolve(client, 'dataset/latest', name));
  }
  await link(resolve(snapshot, 'urls.txt'), resolve(client, 'urls.txt'));
}
