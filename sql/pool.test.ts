import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from './db.ts';
import { openPool } from './pool.ts';
import { emptyDatabase, type FreshDatabase, realServer, silent } from './testing.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await emptyDatabase();
  db = fresh.db;
  await db.query('create table thing (n bigint primary key)');
});
afterAll(() => fresh.close());
beforeEach(() => db.query('delete from thing'));

async function things(): Promise<unknown[]> {
  return (await db.query<{ n: unknown }>('select n from thing order by n')).rows.map(({ n }) => n);
}

describe('queries', () => {
  test('give rows and their number, bigint as text', async () => {
    expect(await db.query('insert into thing values ($1), ($2)', ['1', '9007199254740993'])).toEqual({
      rows: [],
      rowCount: 2,
    });
    expect(await db.query('select n from thing order by n')).toEqual({
      rows: [{ n: '1' }, { n: '9007199254740993' }],
      rowCount: 2,
    });
  });

  test('of several statements give the last answer', async () => {
    expect((await db.query('insert into thing values (1); select n from thing')).rows).toEqual([{ n: '1' }]);
  });

  test('speak UTC whatever the server is set to', async () => {
    expect((await db.query('show timezone')).rows).toEqual([{ TimeZone: 'UTC' }]);
  });

  test('that fail are not mistaken for an outage, and the next one works', async () => {
    await db.query('insert into thing values (1)');
    const failure = db.query('insert into thing values (1)');
    await expect(failure).rejects.toMatchObject({ code: '23505' });
    await expect(failure).rejects.not.toSatisfy(isDatabaseUnavailable);
    expect(await things()).toEqual(['1']);
  });
});

describe('a transaction', () => {
  test('keeps its work and returns its result', async () => {
    const result = await db.transaction(async (tx) => {
      await tx.query('insert into thing values (1)');
      return 'done';
    });
    expect([result, await things()]).toEqual(['done', ['1']]);
  });

  test('is undone when its work throws, and the error arrives', async () => {
    const work = db.transaction(async (tx) => {
      await tx.query('insert into thing values (1)');
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await things()).toEqual([]);
  });

  test('does not pretend to have committed when its work swallowed an error', async () => {
    const work = db.transaction(async (tx) => {
      await tx.query('insert into thing values (1)');
      await tx.query('select nonsense').catch(() => undefined);
    });
    await expect(work).rejects.toThrow(/rolled back/);
    expect(await things()).toEqual([]);
  });

  test('that is read only writes nothing', async () => {
    const work = db.transaction(
      (tx) => tx.query('insert into thing values (1)'),
      'repeatable read read only',
    );
    await expect(work).rejects.toMatchObject({ code: '25006' });
    expect(await things()).toEqual([]);
  });

  test('takes turns with others on the same pool', async () => {
    await db.query('insert into thing values (0)');
    const add = () =>
      db.transaction(async (tx) => {
        const { rows } = await tx.query<{ n: string }>('select n from thing for update');
        await tx.query('update thing set n = $1', [Number(rows[0]?.n) + 1]);
      });
    await Promise.all(Array.from({ length: 20 }, add));
    expect(await things()).toEqual(['20']);
  });
});

describe('a connection', () => {
  test('is one session, with transactions inside', async () => {
    await db.connection(async (connection) => {
      await connection.query('create temp table mine (n int)');
      await connection.transaction((tx) => tx.query('insert into mine values (1)'));
      expect((await connection.query('select n from mine')).rows).toEqual([{ n: 1 }]);
    });
  });

  test('is not used again when its work throws, so its locks and settings end', async () => {
    const work = db.connection(async (connection) => {
      await connection.query(`set application_name = 'left behind'; select pg_advisory_lock(7)`);
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    // Every database of a server has its locks in this table: other tests have theirs, too.
    const own = `select 1 from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => (await db.query(own)).rowCount, { timeout: 10_000 }).toBe(0);
    expect((await db.query('show application_name')).rows).not.toEqual([{ application_name: 'left behind' }]);
  });
});

test('closing twice closes once', async () => {
  const other = openPool({ url: fresh.url, kind: db.kind, log: silent });
  await other.query('select 1');
  await Promise.all([other.close(), other.close()]);
});

test('a server that is not there is unavailable', async () => {
  const nowhere = openPool({ url: 'postgres://postgres@127.0.0.1:9/postgres', kind: 'server', log: silent });
  await expect(nowhere.query('select 1')).rejects.toSatisfy(isDatabaseUnavailable);
  await nowhere.close();
});

describe.skipIf(!realServer)('on a real server', () => {
  async function withPool(
    options: { statementTimeout?: number; size?: number },
    work: (db: Database) => Promise<void>,
  ) {
    const pool = openPool({ url: fresh.url, kind: 'server', log: silent, connectTimeout: 1_000, ...options });
    await work(pool).finally(() => pool.close());
  }
  const terminate = (application: string) =>
    db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = $1 and datname = current_database() and pid <> pg_backend_pid()`,
      [application],
    );

  test('a statement over its time is cut as unavailable, and the pool works on', async () => {
    await withPool({ statementTimeout: 50 }, async (pool) => {
      await expect(pool.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
      await expect(pool.query('select pg_sleep(5)')).rejects.toSatisfy(isDatabaseUnavailable);
      expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    });
  });

  test('a connection lost inside a transaction is unavailable, undoes the work, and is replaced', async () => {
    await withPool({ size: 1 }, async (pool) => {
      const work = pool.transaction(async (tx) => {
        await tx.query(`set application_name = 'victim'`);
        await tx.query('insert into thing values (1)');
        await terminate('victim');
        await tx.query('insert into thing values (2)');
      });
      await expect(work).rejects.toSatisfy(isDatabaseUnavailable);
      expect((await pool.query('select n from thing')).rows).toEqual([]);
    });
  });

  test('an idle connection that is lost ends neither the process nor the pool', async () => {
    await withPool({ size: 1 }, async (pool) => {
      await pool.query(`set application_name = 'idler'`);
      await terminate('idler');
      const next = () => pool.query('select 1 as n').then(({ rows }) => rows);
      await expect.poll(() => next().catch(() => undefined)).toEqual([{ n: 1 }]);
    });
  });

  test('a pool that is used up says so after its patience', async () => {
    await withPool({ size: 1 }, async (pool) => {
      await pool.connection(async () => {
        await expect(pool.query('select 1')).rejects.toSatisfy(isDatabaseUnavailable);
      });
    });
  });

  test('a lock that another connection holds is given up on as unavailable', async () => {
    await db.query('insert into thing values (1)');
    await db.transaction(async (holder) => {
      await holder.query('select from thing for update');
      const waiter = db.transaction(async (tx) => {
        await tx.query(`set local lock_timeout = '50ms'`);
        await tx.query('select from thing for update');
      });
      await expect(waiter).rejects.toMatchObject({ code: '55P03' });
      await expect(waiter).rejects.toSatisfy(isDatabaseUnavailable);
    });
  });

  test('a server without free connections is unavailable', async () => {
    await db.query('create role few login connection limit 1');
    const url = new URL(fresh.url);
    url.username = 'few';
    const pool = openPool({ url: url.href, kind: 'server', log: silent });
    await pool.connection(async () => {
      await expect(pool.query('select 1')).rejects.toMatchObject({ code: '53300' });
    });
    await pool.close();
    await db.query('drop role few');
  });
});
