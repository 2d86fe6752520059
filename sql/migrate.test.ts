import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrate } from './migrate.ts';
import { MigrationRefused } from './migration-files.ts';
import { openPool } from './pool.ts';
import { emptyDatabase, type FreshDatabase, realServer, silent } from './testing.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fresh: FreshDatabase;
let directory: string;

beforeEach(async () => {
  fresh = await emptyDatabase();
  directory = mkdtempSync(join(tmpdir(), 'openagentsessions-test-'));
  write('0001_first.sql', 'create table first (n int); insert into first values (1);');
  write('0002_second.sql', 'create table second (n int);');
});
afterEach(async () => {
  await fresh.close();
  rmSync(directory, { recursive: true });
});

function write(name: string, sql: string): void {
  writeFileSync(join(directory, name), sql);
}

async function run(options?: { patience: number }): Promise<string[]> {
  const applied = await migrate(fresh.db, { directory, log: silent, ...options });
  return applied.map(({ name }) => name);
}

async function refusal(): Promise<string> {
  const error: unknown = await run().catch((reason: unknown) => reason);
  if (!(error instanceof MigrationRefused)) throw new Error(`not refused: ${error}`);
  return error.message;
}

async function tables(): Promise<string[]> {
  const { rows } = await fresh.db.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
     order by relname`,
  );
  return rows.map(({ name }) => name);
}

describe('applies', () => {
  test('everything to a new database, then nothing, then what is new', async () => {
    expect(await run()).toEqual(['0001_first.sql', '0002_second.sql']);
    expect(await run()).toEqual([]);
    write('0003_third.sql', 'drop table second');
    expect(await run()).toEqual(['0003_third.sql']);
    expect(await tables()).toEqual(['first', 'migration']);
  });

  test('records number, name and sha256 of each', async () => {
    await run();
    const { rows } = await fresh.db.query('select number, name, sha256 from migration where number = 2');
    expect(rows).toEqual([
      {
        number: 2,
        name: '0002_second.sql',
        sha256: 'c5552bb4c12bcbb5615ad3c60b3f2023a6d82e1eef5ac4085453ba54539b028a',
      },
    ]);
  });

  test('each file once when several runners start together', async () => {
    const other = openPool({ url: fresh.url, kind: fresh.db.kind, log: silent, statementTimeout: 0 });
    const runs = await Promise.all([run(), migrate(other, { directory, log: silent }), run()]);
    await other.close();
    expect(runs.flat()).toHaveLength(2);
    expect((await fresh.db.query('select n from first')).rows).toEqual([{ n: 1 }]);
  });
});

describe('refuses', () => {
  test('an applied file that was edited', async () => {
    await run();
    write('0001_first.sql', 'create table first (n bigint);');
    expect(await refusal()).toMatch(/^0001_first.sql was edited after it was applied/);
  });

  test('an applied file that is gone', async () => {
    await run();
    rmSync(join(directory, '0002_second.sql'));
    expect(await refusal()).toMatch(/^The database is newer than this code: 0002_second.sql was applied/);
  });

  test('an applied file that was renamed', async () => {
    await run();
    renameSync(join(directory, '0002_second.sql'), join(directory, '0002_other.sql'));
    expect(await refusal()).toMatch(/^0002_second.sql was applied, and is called 0002_other.sql now/);
  });

  test('a folder with a gap, before anything is applied', async () => {
    write('0004_late.sql', 'select 1');
    expect(await refusal()).toMatch(/^Migration 0003 is missing/);
    expect(await tables()).toEqual([]);
  });

  test('a file that fails, which is rolled back whole while the ones before it stay', async () => {
    write('0003_third.sql', 'create table third (n int); insert into third values (1); select nonsense;');
    expect(await refusal()).toMatch(/^0003_third.sql failed and was rolled back: .*nonsense/);
    expect(await tables()).toEqual(['first', 'migration', 'second']);
    write('0003_third.sql', 'create table third (n int);');
    expect(await run()).toEqual(['0003_third.sql']);
  });
});

describe.skipIf(!realServer)('on a real server', () => {
  test('gives up after its patience while another process migrates', async () => {
    await fresh.db.connection(async (other) => {
      await other.query('select pg_advisory_lock(7242317)');
      await expect(run({ patience: 100 })).rejects.toThrow(
        /^Another process has been migrating this database/,
      );
      await other.query('select pg_advisory_unlock(7242317)');
    });
    expect(await run()).toHaveLength(2);
  });

  test('does not wait long behind a reader that holds a table', async () => {
    await run();
    write('0003_third.sql', `set local lock_timeout = '50ms'; alter table first add column m int`);
    await fresh.db.transaction(async (reader) => {
      await reader.query('select from first');
      await expect(run()).rejects.toThrow(/^0003_third.sql failed and was rolled back: .*lock timeout/);
    });
    expect(await run()).toEqual(['0003_third.sql']);
  });

  test('sets both limits for every file', async () => {
    write(
      '0003_limits.sql',
      `create table limits as select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`,
    );
    await run();
    expect((await fresh.db.query('select * from limits')).rows).toEqual([{ lock: '4s', statement: '5min' }]);
  });
});
