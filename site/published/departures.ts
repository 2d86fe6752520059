import type { z } from 'zod';
import { datasetRemoval } from '#domain/snapshot.ts';
import { latestFile } from './latest-file.ts';
import { linesWith } from './line-search.ts';

export type Departure = z.infer<typeof datasetRemoval>;

/** A gist that came and went more often is told of by its last departures. */
const most = 50;
/** Searches that wait while one is under way; beyond, who asks is told to come back. */
const mostWaiting = 8;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * The departures of a gist that the newest snapshot tells of, oldest first; `busy` where too many search already. The
 * file names no owner and is in the order of the log, so all of it is looked through, by one search at a time.
 * @throws Error when the file is missing or damaged
 */
export async function departuresOf(gistId: string): Promise<readonly Departure[] | 'busy'> {
  if (waiting >= mostWaiting) return 'busy';
  waiting += 1;
  const search = last.then(() => find(gistId));
  last = search.catch(() => undefined);
  return search.finally(() => {
    waiting -= 1;
  });
}

async function find(gistId: string): Promise<Departure[]> {
  const path = await latestFile('removed.ndjson');
  if (path === null) return [];
  const lines = await linesWith(path, `"gist_id":${JSON.stringify(gistId)}`, most);
  return lines.map((line) => datasetRemoval.parse(JSON.parse(line)));
}
