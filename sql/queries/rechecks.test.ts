import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../testing.ts';
import {
  finishRecheck,
  lastRecheck,
  nothingCounted,
  type RecheckOutcome,
  type Shard,
  startRecheck,
} from './rechecks.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());
beforeEach(() => fresh.db.query('truncate recheck_run'));

const day = (number: number, hour = 6) => new Date(Date.UTC(2026, 0, number, hour));
const nothing = nothingCounted();

async function ran(
  finishedAt: Date,
  counts: Partial<typeof nothing>,
  { shard = { index: 1, of: 1 }, outcome = 'done' }: { shard?: Shard; outcome?: RecheckOutcome } = {},
): Promise<void> {
  const id = await startRecheck(fresh.db, shard, finishedAt);
  await finishRecheck(fresh.db, id, { finishedAt, outcome, counts: { ...nothing, ...counts } });
}

test('without a run that did its work there is no last one', async () => {
  expect(await lastRecheck(fresh.db)).toBeNull();
  await startRecheck(fresh.db, { index: 1, of: 1 }, day(1));
  await ran(day(2), { checked: 5 }, { outcome: 'down' });
  expect(await lastRecheck(fresh.db)).toBeNull();
});

test('the newest run that did its work is told, not one that failed since', async () => {
  await ran(day(1), { checked: 5, suspended: 1 });
  await ran(day(2), { checked: 7, restored: 1, apiCalls: 3 });
  await ran(day(3), { checked: 1 }, { outcome: 'limited' });
  expect(await lastRecheck(fresh.db)).toEqual({
    ...nothing,
    finishedAt: day(2),
    outcome: 'done',
    checked: 7,
    restored: 1,
    apiCalls: 3,
  });
});

test('shards count together, each by its newest run', async () => {
  await ran(day(1), { checked: 100 });
  await ran(day(3), { checked: 100 }, { shard: { index: 3, of: 3 } });
  for (const index of [1, 2]) await ran(day(5, index), { checked: index }, { shard: { index, of: 2 } });
  await ran(day(5, 3), { checked: 10 }, { shard: { index: 1, of: 2 } });
  expect(await lastRecheck(fresh.db)).toMatchObject({ finishedAt: day(5, 3), checked: 12 });
});
