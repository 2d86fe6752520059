import { expect, test, vi } from 'vitest';
import { openPool } from './pool.ts';
import { asRole, emptyDatabase, freshDatabase, realServer, silent } from './testing.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('a fresh database is migrated, empty, apart from others, and reached at its address', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(one.db.kind).toBe(realServer ? 'server' : 'embedded');
  await one.db.query(`insert into account (github_id, login) values (1, 'somebody')`);
  const count = 'select count(*)::int as n from account';
  expect((await other.db.query(count)).rows).toEqual([{ n: 0 }]);

  const pool = openPool({ url: one.url, kind: 'server', log: silent });
  expect((await pool.query(count)).rows).toEqual([{ n: 1 }]);
  await pool.close();
  await Promise.all([one.close(), other.close()]);

  const closed = openPool({ url: one.url, kind: 'server', log: silent });
  await expect(closed.query('select 1')).rejects.toThrow();
  await closed.close();
});

test.skipIf(!realServer)(
  'a test that asks as a role is signed in as somebody who is in it alone',
  async () => {
    const { db, as, close } = await freshDatabase();
    const mine = `select array_agg(rolname::text) as roles from pg_roles
                 where rolname ~ '^openagentsessions_(site|jobs)$' and pg_has_role(oid, 'member')`;
    expect(asRole('jobs', db)).toBe(as.jobs.db);
    expect((await asRole('jobs', db).query(mine)).rows).toEqual([{ roles: ['openagentsessions_jobs'] }]);
    const pool = openPool({ url: as.site.url, kind: 'server', log: silent });
    expect((await pool.query(mine)).rows).toEqual([{ roles: ['openagentsessions_site'] }]);
    await pool.close();
    await close();
  },
);

test('an empty database has no tables', async () => {
  const { db, close } = await emptyDatabase();
  const { rows } = await db.query(`select relname from pg_class where relnamespace = 'public'::regnamespace`);
  expect(rows).toEqual([]);
  await close();
});
