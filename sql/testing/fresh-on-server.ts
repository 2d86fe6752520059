import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Db } from '../db.ts';
import { migrate } from '../migrate.ts';
import { migrationsHash, readMigrations } from '../migration-files.ts';
import { openPool } from '../pool.ts';
import { type FreshDatabase, silent } from './fresh.ts';
import { makeRoles, type Role, urlAs } from './roles.ts';

/** Any constant that nothing else locks. */
const templateLock = 7_242_318;

const grants = fileURLToPath(new URL('../grants.sql', import.meta.url));

/** A database copied from a template that is migrated once per server, where the roles are made, too. `serverUrl` is a superuser's. */
export async function freshOnServer(serverUrl: string, migrations?: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(serverUrl, async (admin) => {
    const template = migrations ? await templateDatabase(admin, serverUrl, migrations) : 'template0';
    await admin.query(`create database ${name} template ${template}`);
  });
  const url = databaseUrl(serverUrl, name);
  const open = (as: string) =>
    openPool({ url: as, kind: 'server', log: silent, statementTimeout: 60_000, connectTimeout: 30_000 });
  const openAs = (role: Role) => ({ db: open(urlAs(role, url)), url: urlAs(role, url) });
  const db = open(url);
  const as = {
    site: openAs('site'),
    jobs: openAs('jobs'),
    retention: openAs('retention'),
    backup: openAs('backup'),
  };
  return {
    db,
    url,
    as,
    async close() {
      await Promise.all([db, ...Object.values(as).map((role) => role.db)].map((pool) => pool.close()));
      await asAdmin(serverUrl, (admin) => admin.query(`drop database ${name} with (force)`));
    },
  };
}

/** Test files run in several processes at once: one makes the template, the others wait for it. */
async function templateDatabase(admin: Db, serverUrl: string, migrations: string): Promise<string> {
  const hash = createHash('sha256').update(migrationsHash(readMigrations(migrations)));
  const name = `template_${hash.update(readFileSync(grants)).digest('hex').slice(0, 16)}`;
  await admin.query('select pg_advisory_lock($1)', [templateLock]);
  const { rows } = await admin.query<{ datistemplate: boolean }>(
    'select datistemplate from pg_database where datname = $1',
    [name],
  );
  if (!rows[0]?.datistemplate) {
    await makeRoles(admin, serverUrl);
    // Half made, by a process that was killed.
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`create database ${name} template template0`);
    const db = openPool({
      url: databaseUrl(serverUrl, name),
      kind: 'server',
      log: silent,
      statementTimeout: 0,
    });
    await migrate(db, { directory: migrations, grants, log: silent }).finally(() => db.close());
    await admin.query(`alter database ${name} is_template true`);
  }
  await admin.query('select pg_advisory_unlock($1)', [templateLock]);
  return name;
}

async function asAdmin<T>(serverUrl: string, work: (admin: Db) => Promise<T>): Promise<T> {
  const server = openPool({ url: serverUrl, kind: 'server', log: silent, size: 1, statementTimeout: 0 });
  return await server
    .connection(async (admin) => {
      await admin.query(`set lock_timeout = '60s'`);
      return await work(admin);
    })
    .finally(() => server.close());
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
