import { type Departure, departed, readAllDepartures } from '../copy/departures.ts';
import { readRows } from '../copy/rows.ts';

export interface AskedIds {
  asked: number;
  /** Listed at the index as far as the copy knows. */
  listed: number;
  /** Neither listed nor departed: the copy has never heard of them. */
  unknown: number;
  /** In the order of the ids. */
  departed: ({ gist_id: string } & Pick<Departure, 'kind' | 'reason' | 'at'>)[];
}

/** Which of somebody's gist ids departed, by the snapshot and the departures of a copy. Deletes nothing. */
export async function askIds(
  copy: string,
  snapshotFolder: string,
  removed: string | null,
  ids: ReadonlySet<string>,
): Promise<AskedIds> {
  const departures = await readAllDepartures(copy, snapshotFolder, removed);
  const gone = new Map<string, Departure>();
  for (const departure of departures.values()) {
    if (ids.has(departure.gist_id)) gone.set(departure.gist_id, departure);
  }
  let listed = 0;
  for await (const row of readRows(snapshotFolder)) {
    if (!ids.has(row.gist_id)) continue;
    const departure = departed(row, departures);
    if (departure !== null) gone.set(row.gist_id, departure);
    else {
      listed += 1;
      gone.delete(row.gist_id);
    }
  }
  const found = [...gone].map(([gist_id, { kind, reason, at }]) => ({ gist_id, kind, reason, at }));
  found.sort((a, b) => (a.gist_id < b.gist_id ? -1 : 1));
  return { asked: ids.size, listed, unknown: ids.size - listed - found.length, departed: found };
}
