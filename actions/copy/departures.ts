import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { departures as departureKinds } from '#domain/submission.ts';
import type { ListedRow } from './listed-row.ts';
import { readRecords } from './rows.ts';

/** A line of `removed.ndjson`, as somebody reads it who got it from elsewhere; a kind of later versions takes out for good. */
export const removalLine = z.looseObject({
  seq: z.int().min(1),
  kind: z.string().transform((kind) => departureKinds.find((known) => known === kind) ?? 'removed'),
  record_id: z.string().min(1),
  gist_id: z.string().min(1),
  reason: z.string().nullable(),
  at: z.string(),
});

/** Why a record left the dataset, and when. */
export type Departure = Pick<z.output<typeof removalLine>, 'seq' | 'kind' | 'reason' | 'at' | 'gist_id'>;

/**
 * The last departure of each record, by `record_id`: of those the index told last (`<copy>/removed.ndjson`) and the
 * snapshot's own. Throws JobFailure at a line that is none.
 */
export async function readDepartures(
  copy: string,
  snapshotFolder: string,
): Promise<ReadonlyMap<string, Departure>> {
  const found = new Map<string, Departure>();
  for (const path of [join(snapshotFolder, 'removed.ndjson'), join(copy, 'removed.ndjson')]) {
    if (!(await isThere(path))) continue;
    for await (const { record_id, seq, kind, reason, at, gist_id } of readRecords(path, removalLine)) {
      if (seq > (found.get(record_id)?.seq ?? 0)) found.set(record_id, { seq, kind, reason, at, gist_id });
    }
  }
  return found;
}

/** The same, with those of one more file, which has no say over later ones: somebody's own `removed.ndjson`. */
export async function readAllDepartures(
  copy: string,
  snapshotFolder: string,
  removed: string | null,
): Promise<ReadonlyMap<string, Departure>> {
  const known = await readDepartures(copy, snapshotFolder);
  if (removed === null) return known;
  const all = new Map(known);
  for await (const { record_id, ...departure } of readRecords(removed, removalLine)) {
    if (departure.seq > (all.get(record_id)?.seq ?? 0)) all.set(record_id, departure);
  }
  return all;
}

/** What took the row out; null where it stands, because the snapshot lists it since. */
export function departed(
  row: Pick<ListedRow, 'record_id' | 'seq'>,
  departures: ReadonlyMap<string, Departure>,
): Departure | null {
  const departure = departures.get(row.record_id);
  return departure !== undefined && departure.seq > row.seq ? departure : null;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
