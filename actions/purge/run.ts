import { access, constants } from 'node:fs/promises';
import { currentSnapshot } from '../copy/current.ts';
import { type Survey, surveyCopy } from '../copy/survey.ts';
import { JobFailure } from '../failure.ts';
import { apply } from './apply/apply.ts';
import { type AskedIds, askIds } from './ask-ids.ts';
import { type Counts, count, noCounts } from './count.ts';
import { findTasks } from './find/find.ts';
import type { Obstacle } from './find/found.ts';
import { takeAllLocks } from './locks.ts';

export interface Input {
  copy: string;
  /** Delete what is found; else only say what would be. */
  apply: boolean;
  /** A removed.ndjson besides those in the copy. */
  removed: string | null;
  /** Tell of these gist ids instead, whether they departed; deletes nothing. */
  ids: ReadonlySet<string> | null;
  /** How many things of each kind are told by name; Infinity for all of them. */
  most: number;
}

export interface Tools {
  /** What is being done right now. */
  progress(text: string): void;
  log(line: string): void;
  signal: AbortSignal;
}

export type Outcome =
  | { kind: 'busy'; copy: string }
  | ({ kind: 'ids'; snapshot: string } & AskedIds)
  | ({ kind: 'found' } & Search)
  /** What was deleted, and what a search of the whole copy afterwards finds. */
  | ({ kind: 'purged'; left: Search } & Search);

/** What a search of the whole copy found. */
export interface Search {
  copy: string;
  snapshot: string;
  /** Gists that departed, here or not, and those among them that may come back. */
  departed: number;
  mayReturn: number;
  /** Departed gists that the snapshot here still lists: a newer one does not. */
  listedStill: number;
  counts: Counts;
  obstacles: Obstacle[];
}

/**
 * Finds what may not stay in a copy, by all departures it knows of, and deletes it when told to. Killed anywhere, another
 * run finds what is left. Nothing outside the copy is touched, and its newest snapshot stays. Throws JobFailure where the
 * copy or a file of departures cannot be read.
 */
export async function run(input: Input, tools: Tools): Promise<Outcome> {
  const { copy, ids, removed } = input;
  if (removed !== null) await access(removed, constants.R_OK).catch(cannotRead(removed));
  if (ids !== null) {
    const current = await currentSnapshot(copy);
    return { kind: 'ids', snapshot: current.id, ...(await askIds(copy, current.folder, removed, ids)) };
  }
  if (!input.apply) return { kind: 'found', ...(await search(input, tools, null)) };
  // Where there is no copy, none is begun.
  await currentSnapshot(copy);
  const lock = await takeAllLocks(copy);
  if (lock === undefined) return { kind: 'busy', copy };
  try {
    const signal = AbortSignal.any([tools.signal, lock.lost]);
    const deleted = await search(input, { ...tools, signal }, apply);
    const left = await search(input, { ...tools, signal }, null);
    return { kind: 'purged', ...deleted, left };
  } finally {
    await lock.release();
  }
}

function cannotRead(path: string): (error: NodeJS.ErrnoException) => never {
  return ({ code }) => {
    throw new JobFailure(`--removed: ${path} cannot be read (${code}). Name a removed.ndjson.`);
  };
}

async function search(
  { copy, removed, most }: Input,
  { progress, log, signal }: Tools,
  act: typeof apply | null,
): Promise<Search> {
  const { id, folder } = await currentSnapshot(copy);
  progress('reading the snapshot and the removals');
  const survey: Survey = await surveyCopy(copy, folder, removed, signal);
  const counts = noCounts();
  const obstacles: Obstacle[] = [];
  const aside = { met: () => undefined, obstacle: (one: Obstacle) => void obstacles.push(one), signal };
  for await (const task of findTasks(copy, id, survey, aside)) {
    signal.throwIfAborted();
    progress(`${act === null ? 'looking at' : 'deleting'} ${task.path}`);
    const obstacle = act === null ? null : await act(copy, task, survey, signal);
    if (obstacle !== null) {
      obstacles.push(obstacle);
      log(obstacle.sentence);
      continue;
    }
    count(counts, task.found, most);
  }
  const departures = [...survey.gone.values()];
  return {
    copy,
    snapshot: id,
    departed: survey.gone.size,
    mayReturn: departures.filter(({ kind }) => kind === 'suspended').length,
    listedStill: survey.listedStill,
    counts,
    obstacles,
  };
}
