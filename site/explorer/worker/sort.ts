import type { Measure } from '../../browse/facet-columns.ts';
import type { SortName } from '../../browse/selection.ts';
import type { Columns } from './columns.ts';
import type { Found } from './scan.ts';

const sortedBy: Readonly<Record<Exclude<SortName, 'newest' | 'oldest'>, Measure>> = {
  longest: 'messages',
  tokens: 'tokens',
  largest: 'bytes',
};

/** Row numbers fit into so many. */
const rowLimit = 2 ** 21;

/** The rows found, in an order other than the index's. Of two alike the newer one comes first. */
export async function sortedRows(
  sort: Exclude<SortName, 'newest'>,
  groups: readonly Found[],
  columns: Columns,
): Promise<number[]> {
  if (sort === 'oldest') {
    return groups.flatMap(({ from, rows }) => Array.from(rows, (row) => from + row)).reverse();
  }
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  // What is sorted by and the row in one number, both exact: 31 and 21 bits of a double's 53.
  const keys = new Float64Array(count);
  let at = 0;
  for (const { group, from, rows } of groups) {
    if (rows.length === 0) continue;
    const numbers = await columns.numbers(sortedBy[sort], group);
    for (const row of rows) {
      keys[at] = (0x7fffffff - (numbers[row] ?? -1)) * rowLimit + from + row;
      at += 1;
    }
  }
  return Array.from(keys.sort(), (key) => key % rowLimit);
}
