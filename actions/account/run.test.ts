import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { listGists, takeOut } from '#sql/testing-rows.ts';
import { readNamed } from './read-named.ts';
import { run } from './run.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

test('an account with more rows than are read at once is erased, and its listed rows depart', async () => {
  const { db } = fresh;
  await listGists(db, 150);
  await takeOut(db, 2, 'removed', 'spam');
  const dry = await run({ named: { githubId: '7001' }, dryRun: true }, db);
  expect(dry).toEqual({ withdrawn: 0 });
  expect(await run({ named: { key: '7001' }, dryRun: false }, db)).toEqual({ withdrawn: 149 });
  const { rows } = await db.query(
    `select state, presence, owner_id, count(*)::int as n from submission group by 1, 2, 3 order by 1`,
  );
  expect(rows).toEqual([
    { state: 'removed', presence: 'departed', owner_id: null, n: 1 },
    { state: 'withdrawn', presence: 'departed', owner_id: null, n: 149 },
  ]);
  const told = await db.query("select from moderation_log where kind = 'withdrawn'");
  expect(told.rowCount).toBe(149);
  const kept = await db.query('select github_id, login, created_at from account');
  expect(kept.rows).toEqual([{ github_id: null, login: null, created_at: null }]);
  await expect(run({ named: { key: '7001' }, dryRun: false }, db)).rejects.toThrow(
    'There is no such account',
  );
});

test.each([
  [undefined, undefined],
  ['1', '1'],
  ['ada', undefined],
  [undefined, '0'],
])('--github-id %s with --key %s names no account', (githubId, key) => {
  expect(() => readNamed(githubId, key)).toThrow(/--key|--github-id/);
});
