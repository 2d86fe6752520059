import { readFileSync } from 'node:fs';
import type { Database, DatabaseLog, Db } from './db.ts';
import { type MigrationFile, MigrationRefused, readMigrations } from './migration-files.ts';

export interface MigrateOptions {
  /** Folder of the migration files. */
  directory: string;
  /** File of what the roles may do, applied afterwards, on a server alone: the embedded database has no roles. */
  grants?: string;
  log: DatabaseLog;
  /** Milliseconds to wait while another process migrates the same database. */
  patience?: number;
}

/** Any constant does, as long as every runner locks the same one. */
const advisoryLock = 7_242_317;
const lockNotAvailable = '55P03';

/**
 * Applies the migrations that the database does not have yet, in order, each in a transaction of its own, and returns
 * them; then the roles get their rights. Runners that start together take turns, file by file. Open the database with `statementTimeout: 0`: every
 * migration sets its own limits (5 minutes a statement, 4 seconds for a lock).
 * @throws MigrationRefused when the files do not continue what was applied, or a migration fails
 */
export async function migrate(database: Database, options: MigrateOptions): Promise<MigrationFile[]> {
  const { directory, grants, log, patience = 60_000 } = options;
  const files = readMigrations(directory);
  const applied: MigrationFile[] = [];
  for (;;) {
    const next = await database.transaction((tx) => applyNext(tx, files, patience));
    if (!next) break;
    log.info({ migration: next.name }, 'applied a migration');
    applied.push(next);
  }
  if (grants !== undefined && database.kind === 'server') {
    const text = readFileSync(grants, 'utf8');
    await database.transaction(async (tx) => {
      await waitForTurn(tx, patience);
      await tx.query(text);
    });
  }
  return applied;
}

async function applyNext(
  tx: Db,
  files: readonly MigrationFile[],
  patience: number,
): Promise<MigrationFile | undefined> {
  await waitForTurn(tx, patience);
  const next = files[await countApplied(tx, files)];
  if (!next) return undefined;
  await tx.query(`set local lock_timeout = '4s'; set local statement_timeout = '5min'`);
  try {
    await tx.query(next.sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationRefused(`${next.name} failed and was rolled back: ${reason}.`, { cause: error });
  }
  await tx.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
    next.number,
    next.name,
    next.sha256,
  ]);
  return next;
}

/** On the embedded database the lock excludes nobody, but there an open transaction does. */
async function waitForTurn(tx: Db, patience: number): Promise<void> {
  await tx.query(`set local lock_timeout = ${patience}; set local statement_timeout = 0`);
  try {
    await tx.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === lockNotAvailable)) throw error;
    throw new MigrationRefused(
      `Another process has been migrating this database for more than ${patience / 1_000} seconds: wait for it, then run this again.`,
      { cause: error },
    );
  }
}

/** Holds what was applied against the files, and returns how many of them the database has. */
async function countApplied(tx: Db, files: readonly MigrationFile[]): Promise<number> {
  await tx.query(`create table if not exists migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`);
  const { rows } = await tx.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from migration order by number',
  );
  for (const [index, row] of rows.entries()) {
    const file = files[index];
    if (!file) {
      throw new MigrationRefused(
        `The database is newer than this code: ${row.name} was applied, and is not here. Use the code that has it.`,
      );
    }
    if (file.name !== row.name) {
      throw new MigrationRefused(`${row.name} was applied, and is called ${file.name} now: rename it back.`);
    }
    if (file.sha256 !== row.sha256) {
      throw new MigrationRefused(
        `${row.name} was edited after it was applied: undo the edit, and put the change into a new migration.`,
      );
    }
  }
  return rows.length;
}
