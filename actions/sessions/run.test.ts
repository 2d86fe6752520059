import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { readWhose } from './read-whose.ts';
import { run } from './run.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

beforeEach(async () => {
  await fresh.db.query(`
    delete from account;
    insert into account (id, github_id, login) overriding system value values (1, 11, 'ada'), (2, 12, 'grace');
    insert into session (jti, account_id, expires_at)
      select gen_random_uuid(), account, now() + interval '1 day' from unnest(array[1, 1, 2]) as account;
    insert into session (jti, account_id, expires_at) values (gen_random_uuid(), 1, now() - interval '1 day');`);
});

async function live(): Promise<Record<string, number>> {
  const { rows } = await fresh.db.query<{ login: string; n: number }>(
    `select login, count(jti)::int as n from account left join session
        on account.id = account_id and revoked_at is null and expires_at > now() group by login`,
  );
  return Object.fromEntries(rows.map(({ login, n }) => [login, n]));
}

test('all sessions of one account end, and nobody else’s', async () => {
  expect(await run({ of: { githubId: '11' }, dryRun: false }, fresh.db)).toEqual({
    sessions: 2,
    accounts: 1,
  });
  expect(await live()).toEqual({ ada: 0, grace: 1 });
  expect(await run({ of: { githubId: '11' }, dryRun: false }, fresh.db)).toEqual({
    sessions: 0,
    accounts: 0,
  });
});

test('everybody’s sessions end', async () => {
  expect(await run({ of: 'everybody', dryRun: false }, fresh.db)).toEqual({ sessions: 3, accounts: 2 });
  expect(await live()).toEqual({ ada: 0, grace: 0 });
});

test('a dry run ends none', async () => {
  expect(await run({ of: 'everybody', dryRun: true }, fresh.db)).toEqual({ sessions: 3, accounts: 2 });
  expect(await live()).toEqual({ ada: 2, grace: 1 });
});

test.each([
  [undefined, false],
  ['11', true],
  ['ada', false],
  ['0', false],
  ['-1', false],
])('--github-id %s with --all %s names nobody’s sessions', (githubId, all) => {
  expect(() => readWhose(githubId, all)).toThrow(/--github-id/);
});

test('an account’s number is taken, and --all alone', () => {
  expect(readWhose('11', false)).toEqual({ githubId: '11' });
  expect(readWhose(undefined, true)).toBe('everybody');
});
