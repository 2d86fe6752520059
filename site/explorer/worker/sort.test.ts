import { expect, test } from 'vitest';
import type { Columns } from './columns.ts';
import { sortedRows } from './sort.ts';

/** Columns of an index with so many sessions, of which the last group has these numbers. */
function columnsEndingWith(numbers: readonly number[], sessions: number): Columns {
  const from = sessions - numbers.length;
  return {
    groups: [{ from, to: sessions }],
    lines: [],
    values: () => Promise.reject(new Error('nobody needs values')),
    numbers: async () => Int32Array.from(numbers),
    hold: async () => {},
  };
}

const numbers = [5, -1, 0x7fffffff, 5, 0];
const all = (from: number) => {
  const rows = Uint32Array.from(numbers.keys());
  return [{ group: 0, from, rows, listed: rows, read: 0 }];
};

test.each([5, 1_000_000, 2 ** 21 + 3, 4_000_000])(
  'the last of %i sessions are sorted by the largest number, and of two alike the newer first',
  async (sessions) => {
    const from = sessions - numbers.length;
    const sorted = await sortedRows('tokens', all(from), columnsEndingWith(numbers, sessions));
    expect(sorted.map((row) => row - from)).toEqual([2, 0, 3, 4, 1]);
  },
);

test('of more sessions than can be sorted, that is said', async () => {
  const columns = columnsEndingWith(numbers, 4_000_001);
  await expect(sortedRows('tokens', all(3_999_996), columns)).rejects.toThrow(/too large/);
  expect(await sortedRows('oldest', all(3_999_996), columns)).toHaveLength(numbers.length);
});
