import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from './db.ts';
import { migrate } from './migrate.ts';
import { notKept } from './queries/backup.ts';
import { committedTables, decidedRights } from './testing/decided.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase, realServer, silent } from './testing.ts';

const directory = fileURLToPath(new URL('migrations', import.meta.url));
const grants = fileURLToPath(new URL('grants.sql', import.meta.url));
const decided = decidedRights();

test('every table has a line in sql/grants.sql that says who may do what with it', () => {
  const undecided = committedTables().filter((table) => !decided.has(table));
  expect(
    undecided,
    "add a line for each of these to sql/grants.sql, with '' where a role may do nothing",
  ).toEqual([]);
  expect([...decided.keys()], 'in the order of their names, and none that is not there').toEqual(
    committedTables(),
  );
});

test('what backups leave out is named as the tables are', () => {
  expect(committedTables()).toEqual(expect.arrayContaining(notKept));
});

test('nobody but the owner changes what the log says, or takes a gist out', () => {
  for (const rights of [decided.get('moderation_log'), decided.get('submission')]) {
    expect(rights?.site).not.toContain('delete');
    expect(rights?.jobs).not.toContain('delete');
  }
  expect(decided.get('moderation_log')).toMatchObject({
    site: ['select', 'insert'],
    jobs: ['select', 'insert'],
  });
});

test('a backup reads every table, and writes nothing but that it was made', () => {
  for (const [table, { backup }] of decided)
    expect(backup, table).toEqual(table === 'backup_run' ? ['select', 'insert'] : ['select']);
});

test('jobs know nothing of who is signed in, who reports and what moderators tell each other', () => {
  for (const table of ['account', 'session', 'sign_in', 'report', 'escalation', 'reader'])
    expect(decided.get(table)?.jobs, table).not.toContain('select');
});

/** A statement that needs the right of its name alone, and changes nothing. */
const statements: Record<string, (table: string, column: string) => string> = {
  select: (table) => `select from ${table} limit 0`,
  insert: (table) => `insert into ${table} default values`,
  update: (table, column) => `update ${table} set ${column} = default where false`,
  delete: (table) => `delete from ${table} where false`,
  truncate: (table) => `truncate ${table} cascade`,
  trigger: (table) => `alter table ${table} disable trigger user`,
  alter: (table) => `alter table ${table} add column more text`,
  drop: (table) => `drop table ${table} cascade`,
  index: (table, column) => `create index on ${table} (${column})`,
};

describe.skipIf(!realServer)('on a real server', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.close());

  /** Does the server refuse it to whoever asks here? Nothing of it stays. */
  async function refuses(db: FreshDatabase['db'], statement: string): Promise<boolean> {
    const end = new Error('Nothing of it is to stay.');
    const outcome: unknown = await db
      .transaction(async (tx: Db) => {
        await tx.query(statement);
        throw end;
      })
      .catch((error: unknown) => error);
    return outcome !== end && outcome instanceof Error && 'code' in outcome && outcome.code === '42501';
  }

  async function columnsByTable(): Promise<{ table: string; column: string }[]> {
    const { rows } = await fresh.db.query<{ table: string; column: string }>(
      `select relname as table, attname as column from pg_class join pg_attribute on attrelid = pg_class.oid and attnum = 1
        where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname collate "C"`,
    );
    return rows;
  }

  test.each(['site', 'jobs', 'retention', 'backup'] as const)(
    'the %s may do with each table what is decided, and nothing else',
    async (role) => {
      const allowed: Record<string, string[]> = {};
      const tables = await columnsByTable();
      for (const { table, column } of tables) {
        allowed[table] = [];
        for (const [verb, statement] of Object.entries(statements))
          if (!(await refuses(fresh.as[role].db, statement(table, column)))) allowed[table]?.push(verb);
      }
      expect(tables.length).toBeGreaterThan(10);
      expect(allowed).toEqual(
        Object.fromEntries([...decided].map(([table, rights]) => [table, rights[role]])),
      );
    },
  );

  test.each([
    ['make a table', 'create table mine (n int)'],
    ['make a schema', 'create schema mine'],
    ['make a function', `create function mine() returns int language sql as 'select 1'`],
    ['make a role', 'create role mine'],
    ['become the owner', 'set role postgres'],
    ['switch triggers off', `set session_replication_role = 'replica'`],
    ['read passwords', 'select from pg_authid'],
    ['read files of the server', `select pg_read_file('/etc/passwd')`],
    ['run programs of the server', `copy account to program 'true'`],
    ['load a module', `load 'auto_explain'`],
  ])('none of them may %s', async (_what, statement) => {
    for (const { db } of Object.values(fresh.as)) expect(await refuses(db, statement)).toBe(true);
    expect(await refuses(fresh.db, 'select 1')).toBe(false);
  });

  test('a database that was migrated is closed to everybody else, and again when it is migrated again', async () => {
    const empty = await emptyDatabase();
    const migrateIt = () => migrate(empty.db, { directory, grants, log: silent });
    const strangersMay = async () => {
      const { rows } = await empty.db.query(
        `select privilege from unnest(array['connect', 'temporary']) as privilege
          where has_database_privilege('public', current_database(), privilege)
          union all select 'usage' where has_schema_privilege('public', 'public', 'usage')`,
      );
      return rows;
    };
    expect(await strangersMay()).toHaveLength(3);
    await migrateIt();
    expect(await strangersMay()).toEqual([]);
    const { db: site } = empty.as.site;
    expect((await site.query('select seq from log_head')).rows).toEqual([{ seq: '0' }]);
    expect(await refuses(site, 'create temporary table mine (n int)')).toBe(true);

    await empty.db.query('grant delete on submission to openagentsessions_site');
    await migrateIt();
    expect(await refuses(site, 'delete from submission')).toBe(true);
    await empty.close();
  });
});
