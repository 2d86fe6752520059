import { copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removalLine } from '../copy/departures.ts';
import { readRecords } from '../copy/rows.ts';
import { JobFailure } from '../failure.ts';
import type { Source } from '../fetch/source.ts';
import { compareStarts } from './compare-starts.ts';

const latestRemoved = 'latest/removed.ndjson';
const fileName = 'removed.ndjson';

/** Departures of far more than a million sessions, which nobody told of yet. */
const mostNewBytes = 512 * 2 ** 20;

/** All departures that are told of, held against what is here; nothing is changed before `keep`. */
export interface Removals {
  count: number;
  /** Are they the hour's? Where those are not published, they are the snapshot's own. */
  hourly: boolean;
  /** Puts them in the copy. */
  keep(): Promise<void>;
}

/**
 * Reads the departures that are published, and holds them to what they have to be: lines of departures in the order of the
 * log, which begin with the snapshot's own and with all that the copy knows. Throws JobFailure where they do not.
 */
export async function readRemovals(
  copy: string,
  snapshotFolder: string,
  allowOlder: boolean,
  { source, signal }: { source: Source; signal: AbortSignal },
): Promise<Removals> {
  const title = `${source.place}/${latestRemoved}`;
  const [own, here] = [join(snapshotFolder, fileName), join(copy, fileName)];
  const next = join(copy, '.fetch-removed');
  await rm(next, { recursive: true, force: true });
  try {
    const hourly = await bring(source, next, (await stat(own)).size + mostNewBytes, signal);
    if (!hourly) await copyFile(own, next);
    const count = await countDepartures(next, hourly ? title : own);
    if (hourly) refuseOther(title, await compareStarts(next, own), 'the snapshot');
    const known = await compareStarts(next, here);
    // The hour's lines, which the copy has, may go on from the snapshot's own.
    const isKept = known === 'same' || (known === 'second_longer' && (!hourly || allowOlder));
    if (!isKept) refuseOther(hourly ? title : own, known, 'this copy');
    return {
      count: isKept ? await countDepartures(here, here) : count,
      hourly,
      keep: () => (isKept ? rm(next, { force: true }) : rename(next, here)),
    };
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}

/** Writes what is published there, if it is; says whether. */
async function bring(source: Source, path: string, most: number, signal: AbortSignal): Promise<boolean> {
  const body = await source.read(latestRemoved, 0);
  if (body === null) return false;
  const handle = await open(path, 'wx');
  try {
    let size = 0;
    for await (const piece of body) {
      signal.throwIfAborted();
      size += piece.length;
      if (size > most) {
        throw new JobFailure(
          `${source.place}/${latestRemoved} is longer than it can be. It is not used; ask who publishes there.`,
        );
      }
      await handle.appendFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return true;
}

async function countDepartures(path: string, title: string): Promise<number> {
  let count = 0;
  let last = 0;
  for await (const { seq } of readRecords(path, removalLine, title)) {
    count += 1;
    if (seq <= last) {
      throw new JobFailure(
        `Line ${count} of ${title} is not in the order of the log. It is not used; ask who publishes there.`,
      );
    }
    last = seq;
  }
  return count;
}

function refuseOther(
  title: string,
  compared: Awaited<ReturnType<typeof compareStarts>>,
  whose: string,
): void {
  if (compared === 'second_longer') {
    throw new JobFailure(
      `${title} ends before the departures that ${whose} has, and lines are only ever added to it. A cache may have kept an older one: run this again in some minutes; if it happens again, ask who publishes there.`,
    );
  }
  if (compared === 'different') {
    throw new JobFailure(
      `${title} has other lines than the departures that ${whose} has, and lines are only ever added to it. Nothing is used; ask who publishes there. Snapshots of another index need a folder of their own.`,
    );
  }
}
