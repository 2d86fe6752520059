import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { buildScripts, developmentScripts, type SiteScript } from './build-scripts.ts';

/**
 * Builds the scripts of the site ahead of its pages, which name each with its hash, and leaves the list of hashes beside
 * the server (`dist/scripts.json`), for the policy it sends.
 */
export function siteScripts(): AstroIntegration {
  let folder: string | null = null;
  let server = '';
  let scripts: Record<string, SiteScript> = {};
  return {
    name: 'site-scripts',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig }) => {
        server = fileURLToPath(config.outDir);
        if (command === 'build') {
          folder = await mkdtemp(join(tmpdir(), 'openagentsessions-scripts-'));
          scripts = await buildScripts(folder);
        } else scripts = developmentScripts();
        updateConfig({ vite: { define: { 'import.meta.env.SCRIPTS': JSON.stringify(scripts) } } });
      },
      'astro:build:done': async ({ dir }) => {
        if (folder === null) return;
        await cp(folder, fileURLToPath(dir), { recursive: true });
        await rm(folder, { recursive: true });
        const hashes = Object.values(scripts).map(({ integrity }) => integrity);
        await writeFile(join(server, 'scripts.json'), `${JSON.stringify(hashes)}\n`);
      },
    },
  };
}
