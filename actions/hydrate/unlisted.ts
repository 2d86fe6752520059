import { recordId } from '#domain/record-id.ts';
import type { Departure } from '../copy/departures.ts';
import type { Shard } from '../copy/layout.ts';
import { readRows } from '../copy/rows.ts';
import type { StatusLine } from '../copy/status-line.ts';
import { without } from './bring-gist.ts';
import { departureStatus } from './departure-status.ts';
import { inShard } from './in-shard.ts';

/** Of the gists that were asked for by their ids, those a snapshot does not list, in the order of the ids; a shard's own. */
export async function unlistedIds(
  snapshotFolder: string,
  ids: ReadonlySet<string> | null,
  shard: Shard,
): Promise<string[]> {
  if (ids === null) return [];
  const left = new Set([...ids].filter((id) => inShard(id, shard)));
  for await (const { gist_id } of readRows(snapshotFolder)) left.delete(gist_id);
  return [...left].sort();
}

/** What became of such gists: nothing is fetched, but nobody has to guess why. */
export function unlistedLines(
  ids: readonly string[],
  departures: ReadonlyMap<string, Departure>,
): StatusLine[] {
  if (ids.length === 0) return [];
  const wanted = new Set(ids);
  const last = new Map<string, Departure>();
  for (const departure of departures.values()) {
    const { gist_id, seq } = departure;
    if (wanted.has(gist_id) && seq > (last.get(gist_id)?.seq ?? 0)) last.set(gist_id, departure);
  }
  return ids.map((gist_id) => {
    const departure = last.get(gist_id);
    const brought = departure ? departureStatus(departure) : without('gone', neverListed);
    return { gist_id, record_id: recordId(gist_id), gist_version: null, ...brought };
  });
}

const neverListed =
  'This snapshot does not list it, and no departure tells of it: it was never in the index, or is not yet.';
