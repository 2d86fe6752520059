import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../testing.ts';
import { shiftTime } from './shifted-time.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

test('what a statement or a column takes for the time is shifted, through every connection', async () => {
  const setShift = await shiftTime(fresh.db);
  const year = 365 * 86_400_000;
  await setShift(-year);
  await fresh.db.query("insert into account (github_id, login) values (1, 'ada')");
  const { rows } = await fresh.db.query<{ now: Date; created: Date; real: Date }>(
    'select now(), created_at as created, clock_timestamp() as real from account',
  );
  const [row] = rows;
  if (!row) throw new Error('nothing was inserted');
  for (const time of [row.now, row.created]) {
    expect(Math.abs(row.real.getTime() - year - time.getTime())).toBeLessThan(3_600_000);
  }
});
