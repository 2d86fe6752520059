import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { machineFaces } from './site/faces/integration.ts';
import { publishedFiles } from './site/published/integration.ts';
import { siteScripts } from './site/scripts/integration.ts';

/** Every endpoint of functions/api answers under this one route. */
const api = {
  name: 'api',
  hooks: {
    'astro:config:setup': ({ injectRoute }) =>
      injectRoute({
        pattern: '/api/[...path]',
        entrypoint: './functions/http/api-route.ts',
        prerender: false,
      }),
  },
};

/** What most pages wear comes in one style sheet: a dozen small ones keep the first paint waiting for each. */
const sharedStyles = {
  name: 'page',
  test: /\/site\/(?:components|layouts|styles)\/.*css$/,
  minShareCount: 3,
};

export default defineConfig({
  site: process.env.SITE_URL || 'http://127.0.0.1:4321',
  srcDir: './site',
  publicDir: './site/public',
  output: 'static',
  adapter: node({ mode: 'standalone' }),
  integrations: [
    api,
    publishedFiles(process.env.DATASET_OUTPUT_DIR || '.dataset'),
    siteScripts(),
    machineFaces(process.env.REPOSITORY_URL || null),
  ],
  server: { host: '127.0.0.1' },
  // Together: /sessions/abc is sessions/abc/index.html on disk and needs no redirect on the node server.
  trailingSlash: 'never',
  build: { format: 'directory', inlineStylesheets: 'never' },
  vite: {
    build: { rolldownOptions: { output: { codeSplitting: { groups: [sharedStyles] } } } },
    define: {
      'import.meta.env.REPOSITORY_URL': JSON.stringify(process.env.REPOSITORY_URL || null),
      'import.meta.env.GITHUB_API_URL': JSON.stringify(
        process.env.GITHUB_API_URL || 'https://api.github.com',
      ),
    },
  },
  compressHTML: true,
  devToolbar: { enabled: false },
  // Our endpoints check the origin themselves, for every body type: Astro's check lets cross-site JSON through and
  // refuses good forms behind a TLS proxy.
  security: { checkOrigin: false },
});
