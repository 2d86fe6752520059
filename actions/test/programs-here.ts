import { spawnSync } from 'node:child_process';

/** Is there a program of this name, and does it end well when it is asked for this? */
function answers(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** What people run the dataset's recipes with, and is not part of Debian's smallest system. */
export const hasCurl = answers('curl', ['--version']);
export const hasPython = answers('python3', ['--version']);

/** Can Python load all of these modules? */
export function pythonHas(modules: readonly string[]): boolean {
  return hasPython && answers('python3', ['-c', `import ${modules.join(', ')}`]);
}

/** What each recipe that needs more than Python itself loads. */
export const pythonRecipes: Readonly<Record<string, readonly string[]>> = {
  'with-datasets.py': ['datasets', 'pyarrow'],
  'with-pandas.py': ['pandas', 'pyarrow'],
  'with-polars.py': ['polars'],
};

/** Every `node` of the search path, this one first, by version. */
export const nodesHere: ReadonlyMap<string, string> = new Map(
  [process.execPath, ...spawnSync('which', ['-a', 'node'], { encoding: 'utf8' }).stdout.trim().split('\n')]
    .map((path): [string, string] => [
      spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim(),
      path,
    ])
    .reverse(),
);
