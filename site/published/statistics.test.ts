import { expect, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { facetsOf } from '../browse/facets.ts';
import { Tally } from '../browse/make/summarise.ts';
import { exampleRow } from './example-rows.ts';
import { growth, lengthCounts, notListed, oneEach } from './statistics.ts';

function counted(rows: readonly Partial<DatasetRow>[]) {
  const tally = new Tally();
  for (const given of rows) {
    const row = exampleRow(given);
    tally.add(row, facetsOf(row));
  }
  return tally.counted(null);
}

test('growth has every month, with what is new in it and what there was', () => {
  const approved = [
    { month: '2026-01', sessions: 3 },
    { month: '2026-03', sessions: 2 },
  ];
  expect(growth({ approved })).toEqual([
    { month: '2026-01', new: 3, all: 3 },
    { month: '2026-02', new: 0, all: 3 },
    { month: '2026-03', new: 2, all: 5 },
  ]);
  expect(growth({ approved: [] })).toEqual([]);
});

test('agents add up to the sessions: the most frequent, all others, and what is not known', () => {
  const agents = ['codex', 'codex', 'codex', 'pi', 'pi', 'amp', 'aider', null] as const;
  const rows = agents.map((agent) => ({ agent }));
  expect(oneEach(counted(rows), 'agent', 2, 'not known')).toEqual([
    { name: 'codex', count: 3 },
    { name: 'pi', count: 2 },
    { name: '2 others', count: 2, rest: true },
    { name: 'not known', count: 1, rest: true },
  ]);
});

test('lengths are in their order, those not known last, and add up', () => {
  const asked = [3, 12, 12, 5000, null];
  const rows = asked.map((user_messages) => ({ user_messages }));
  expect(lengthCounts(counted(rows)).map(({ name, count }) => [name, count])).toEqual([
    ['under 10', 1],
    ['10 to 49', 2],
    ['50 to 199', 0],
    ['200 to 999', 0],
    ['1000 and more', 1],
    ['not known', 1],
  ]);
});

test('not listed is everything but listed', () => {
  expect(notListed({ month: '2026-01', listed: 9, suspended: 1, withdrawn: 2, removed: 3, gone: 4 })).toBe(
    10,
  );
});
