import type { Shard } from '../copy/layout.ts';
import type { ListedRow } from '../copy/listed-row.ts';
import { readRows } from '../copy/rows.ts';
import { isSelected, type Selection } from '../copy/selection/selection.ts';
import { inShard } from './in-shard.ts';

/** The rows that are meant, in the snapshot's order; the limit is that of all shards together, so that they have no row twice. */
export async function* selectedRows(
  snapshotFolder: string,
  selection: Selection,
  shard: Shard,
): AsyncGenerator<ListedRow> {
  let left = selection.limit ?? Number.POSITIVE_INFINITY;
  for await (const row of readRows(snapshotFolder)) {
    if (!isSelected(row, selection)) continue;
    if (inShard(row.gist_id, shard)) yield row;
    left -= 1;
    if (left <= 0) return;
  }
}
