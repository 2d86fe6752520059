import type { Browse } from '../../browse/read/open.ts';
import { type Columns, kept } from './columns.ts';
import type { Plan } from './plan.ts';
import { type RowStream, rowStream } from './row-stream.ts';

/** Sessions of a selection in one row group. */
export interface Found {
  group: number;
  /** Row number of the group's first session. */
  from: number;
  /** Of those that were found, counting from `from`, ascending. */
  rows: Uint32Array;
  /** Those in all of the plan's lists, whatever its columns want. */
  listed: Uint32Array;
  /** Sessions looked at so far; all of them once those left cannot be of the selection. */
  read: number;
}

/** Looks for the sessions of a plan, newest first, a row group at a time, to the last that may have any. */
export async function* scan(browse: Browse, columns: Columns, plan: Plan): AsyncGenerator<Found> {
  const streams = plan.lists.map((terms) => rowStream(browse.postings, terms));
  // The rarest first: where it has none, nothing else is read.
  streams.sort((a, b) => a.sessions - b.sessions);
  const over = () => streams.some((stream) => stream.ended());
  for (const [group, { from, to }] of columns.groups.entries()) {
    if (over()) return;
    const inLists = await listed(streams, from, to);
    let rows = inLists;
    for (const { facet, wanted } of plan.columns) {
      if (rows.length > 0) rows = kept(rows, await columns.values(facet, group), wanted);
    }
    yield { group, from, rows, listed: inLists, read: over() ? browse.summary.sessions : to };
  }
}

/** Rows of a group that are in all of the lists: all of its rows where there are no lists. */
async function listed(streams: readonly RowStream[], from: number, to: number): Promise<Uint32Array> {
  let rows: Uint32Array | null = null;
  for (const stream of streams) {
    if (rows?.length === 0) break;
    const more = (await stream.below(to)).filter((row) => row >= from).map((row) => row - from);
    rows = rows === null ? more : both(rows, more);
  }
  return rows ?? Uint32Array.from({ length: to - from }, (_, row) => row);
}

function both(rows: Uint32Array, others: Uint32Array): Uint32Array {
  let at = 0;
  return rows.filter((row) => {
    while (at < others.length && (others[at] ?? 0) < row) at += 1;
    return others[at] === row;
  });
}
