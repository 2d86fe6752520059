import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { leaveOut } from './leave-out.ts';

/** A script of the site: its address, and the hash a browser holds it to. Null in development, where it is not built. */
export interface SiteScript {
  src: string;
  integrity: string | null;
}

/** The programs that run in a visitor's browser, by the names pages call them by. */
const entries = {
  viewer: '/site/viewer/start.ts',
  desk: '/site/desk/start.ts',
  explorer: '/site/explorer/start.ts',
  asked: '/site/explorer/asked.ts',
} as const;
export type ScriptName = keyof typeof entries;

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The scripts as the development server gives them. */
export function developmentScripts(): Record<ScriptName, SiteScript> {
  return scripts((name) => ({ src: entries[name], integrity: null }));
}

/**
 * Builds each script into one file of its own, which loads no other but its worker, so that its hash says all there is to
 * say of what it does. Files are written into `folder` under `_astro/`, where they may be cached for ever.
 */
export async function buildScripts(folder: string): Promise<Record<ScriptName, SiteScript>> {
  const built = new Map<ScriptName, SiteScript>();
  for (const name of Object.keys(entries) as ScriptName[]) built.set(name, await buildScript(name, folder));
  return scripts((name) => {
    const script = built.get(name);
    if (!script) throw new Error(`${name} was not built`);
    return script;
  });
}

async function buildScript(name: ScriptName, folder: string): Promise<SiteScript> {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    worker: {
      format: 'es',
      plugins: () => [leaveOut()],
      rollupOptions: { output: { entryFileNames: '_astro/[name].[hash].js' } },
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      assetsDir: '_astro',
      modulePreload: false,
      target: 'es2023',
      rollupOptions: {
        input: { [name]: root + entries[name] },
        output: { entryFileNames: '_astro/[name].[hash].js' },
      },
    },
  });
  const chunks = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const main = chunks.filter((chunk): chunk is Rollup.OutputChunk => chunk.type === 'chunk');
  const [only] = main;
  if (main.length !== 1 || !only) throw new Error(`${name} is ${main.length} files; a hash holds one`);
  const digest = createHash('sha384').update(only.code).digest('base64');
  return { src: `/${only.fileName}`, integrity: `sha384-${digest}` };
}

function scripts(of: (name: ScriptName) => SiteScript): Record<ScriptName, SiteScript> {
  const names = Object.keys(entries) as ScriptName[];
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<ScriptName, SiteScript>;
}
