import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Ended, ownEnvironment } from '../testing.ts';
import { type Npm, type Packed, run } from './run.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/** npm in a folder, without a network. */
export function offlineNpm(cwd: string): Npm {
  return async (args) => {
    const quiet = ['--offline', '--no-audit', '--no-fund'];
    return (await execute('npm', [...args, ...quiet], { cwd, env: ownEnvironment() })).stdout;
  };
}

/** The command line as npm puts it into an empty folder. */
export interface Installed {
  packed: Packed;
  /** The folder, and the file in it that `npx` runs. */
  folder: string;
  program: string;
  /** The package in it. */
  package: string;
  /** Runs it there by a Node, to its end. */
  ended(node: string, args: readonly string[], env?: Record<string, string>): Promise<Ended>;
}

/** Packs the command line and installs it, each in a folder of its own below `place`. */
export async function install(place: string): Promise<Installed> {
  const packed = await run({ root, output: join(place, 'packed'), repositoryUrl: null }, offlineNpm(place));
  const folder = join(place, 'empty');
  await mkdir(folder);
  await offlineNpm(folder)(['install', '--ignore-scripts', packed.tarball]);
  const program = join(folder, 'node_modules/.bin/openagentsessions');
  return {
    packed,
    folder,
    program,
    package: join(folder, 'node_modules/openagentsessions'),
    ended: (node, args, env = {}) =>
      execute(node, [program, ...args], { cwd: folder, env: { ...ownEnvironment(), ...env } }).then(
        (printed) => ({ code: 0, ...printed }),
        (error) => error,
      ),
  };
}
