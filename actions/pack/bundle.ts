import { build } from 'vite';

/** Never bundled: asked for where it is needed, and told of where it is not installed. */
export const optionalPackages = ['@duckdb/node-api'];

/**
 * Writes the command line as JavaScript for Node 20 and newer to `folder`, with all packages it uses: what a command
 * needs is in files of its own, loaded when it runs. Resolves to the folders of those packages.
 */
export async function bundle(root: string, folder: string): Promise<string[]> {
  const built = await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: optionalPackages },
    build: {
      ssr: 'actions/command/index.ts',
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      // Whoever installs it can read it.
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'index.js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
  if (!('output' in built)) throw new Error('vite built several bundles, or watches');
  const modules = built.output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
  return [...new Set(modules.flatMap((module) => packageFolder(module) ?? []))].sort();
}

/** The folder of the package that a module belongs to; null for a file of ours. */
function packageFolder(module: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replace(/^\0/, ''))?.[0] ?? null;
}
