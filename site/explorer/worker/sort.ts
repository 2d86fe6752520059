import type { Measure } from '../../browse/facet-columns.ts';
import { BrowseTrouble } from '../../browse/read/trouble.ts';
import type { SortName } from '../../browse/selection.ts';
import type { Columns } from './columns.ts';
import type { Found } from './scan.ts';

const sortedBy: Readonly<Record<Exclude<SortName, 'newest' | 'oldest'>, Measure>> = {
  longest: 'messages',
  tokens: 'tokens',
  largest: 'bytes',
};

/** Row numbers are less than this: with 32 bits of what is sorted by, more would not be told apart in a double. */
const rowLimit = 4_000_000;

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
  if ((columns.groups.at(-1)?.to ?? 0) > rowLimit) {
    throw new BrowseTrouble(
      'This index is too large to be put in another order here. Take the DuckDB query instead, which can.',
    );
  }
  // What is sorted by and the row in one number, which is less than 2^53 and so exact.
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
