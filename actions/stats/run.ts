import { currentSnapshot } from '../copy/current.ts';
import { departed, readDepartures } from '../copy/departures.ts';
import { heldGists } from '../copy/held.ts';
import { readRows } from '../copy/rows.ts';
import { isSelected, type Selection } from '../copy/selection/selection.ts';
import { type Counted, countRow, nothingCounted } from './counted.ts';
import { toldStatuses } from './told-statuses.ts';

export interface Input {
  copy: string;
  selection: Selection;
}

export interface Tools {
  signal: AbortSignal;
}

export interface Outcome {
  copy: string;
  snapshot: string;
  /** Rows of the snapshot, selected or not. */
  listed: number;
  /** Selected rows that departed since the snapshot was made; they are in none of the other numbers. */
  departed: number;
  counted: Counted;
  /** Of those counted, the ones whose listed revision is in the copy. */
  here: { sessions: number; files: number; bytes: number };
  /** Of those counted, what the last runs of hydrate said became of them; `none` of which they said nothing. */
  statuses: Record<string, number>;
}

/**
 * The numbers of a selection of the snapshot in a copy, and how much of it is here. Reads the rows once; memory grows with
 * what is in the copy and with the contributors. Throws JobFailure where there is no snapshot, or its rows cannot be read.
 */
export async function run({ copy, selection }: Input, { signal }: Tools): Promise<Outcome> {
  const { id, folder, manifest } = await currentSnapshot(copy);
  const departures = await readDepartures(copy, folder);
  const held = new Set<string>();
  for await (const one of heldGists(copy, signal)) {
    if (one.kind === 'gist') for (const { name } of one.revisions) held.add(`${one.gistId} ${name}`);
  }
  const told = await toldStatuses(copy);

  const counted = nothingCounted();
  const here = { sessions: 0, files: 0, bytes: 0 };
  const statuses: Record<string, number> = {};
  let selected = 0;
  let left = 0;
  for await (const row of readRows(folder)) {
    signal.throwIfAborted();
    if (!isSelected(row, selection)) continue;
    if (selection.limit !== null && selected === selection.limit) break;
    selected += 1;
    if (departed(row, departures) !== null) {
      left += 1;
      continue;
    }
    countRow(counted, row);
    const key = `${row.gist_id} ${row.gist_version}`;
    const status = told.get(key) ?? 'none';
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (!held.has(key)) continue;
    here.sessions += 1;
    here.files += row.files.length;
    here.bytes += row.total_bytes;
  }
  return {
    copy,
    snapshot: id,
    listed: manifest.record_count,
    departed: left,
    counted,
    here,
    statuses,
  };
}
