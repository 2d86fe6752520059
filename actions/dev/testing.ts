import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standinAccountId } from '#github/standin/ids.ts';
import { freePort, type RunningProgram, runProgram, startProgram } from '../testing.ts';

/** A running `npm run dev -- --gists DIR` with an index of its own. */
export interface Dev {
  /** Such as http://127.0.0.1:4321, without a slash at its end. */
  url: string;
  /** The folder of gists it serves. */
  gists: string;
  /** Where its database and the exports are. */
  folder: string;
}

export type RunningDev = Dev & Pick<RunningProgram, 'stop' | 'kill'>;

/** A new, empty folder for `startDev`. */
export async function devFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-dev-'));
  await mkdir(join(folder, 'gists'));
  return folder;
}

// What Astro remembers between its runs here. Without it Astro does all that it does in a fresh clone.
const astroMemory = join(import.meta.dirname, '../../.astro/settings.json');

/** Starts development in its folder, or starts it again. `moderators` moderate besides the account `moderator`. */
export async function startDev(folder: string, moderators: readonly string[] = []): Promise<RunningDev> {
  await rm(astroMemory, { force: true });
  const gists = join(folder, 'gists');
  const { address, stop, kill } = await startProgram('dev', ['--port', await freePort(), '--gists', gists], {
    cwd: folder,
    env: { MODERATOR_GITHUB_IDS: moderators.map(standinAccountId).join(',') },
    ready: /for development: (http:\S+)\/\n/,
  });
  return { url: address, gists, folder, stop, kill };
}

/** Stops it and deletes its folder. */
export async function endDev({ stop, folder }: RunningDev): Promise<void> {
  await stop().finally(() => rm(folder, { recursive: true }));
}

/** Exports its dataset beside it, as from another terminal. Returns what was printed. */
export function exportDataset({ folder }: Dev): Promise<string> {
  return runProgram('export', [], { cwd: folder });
}
