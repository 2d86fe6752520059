import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backup } from '#domain/backup.ts';
import { schemaVersion } from '#domain/snapshot.ts';
import type { Database } from '#sql/db.ts';
import { migrate } from '#sql/migrate.ts';
import { countKeptRows, isEmptyDatabase, readBackupHead, refreshStatistics } from '#sql/queries/backup.ts';
import { startClientProgram, type World } from '../backup/client-program.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { hashExport } from '../export/hash-export.ts';
import { JobFailure } from '../failure.ts';
import { bringDump } from './bring-dump.ts';
import { readBackup } from './read-backup.ts';

export interface Input {
  /** The empty database, and whoever owns it. */
  databaseUrl: string;
  /** Id of a backup; null: the newest. */
  backupId: string | null;
  /** age identities, one of which the backup was encrypted for. */
  identities: readonly string[];
  /** How many tables and indexes are worked on at once. */
  workers: number;
  /** Where the migrations are, and what the roles may do. */
  migrations: string;
  grants: string;
}

export interface Tools extends World {
  /** The empty database. */
  db: Database;
  bucket: Bucket;
  /** Milliseconds, from any beginning. */
  clock(): number;
  /** Called now and then with what is being done. */
  progress(text: string): void;
}

/** What a restored database has of what its backup counted. */
export interface Restored {
  backup: Backup;
  /** What is in the database, before any migration. */
  found: Pick<Backup, 'tables' | 'migrations' | 'log_seq'>;
  /** Files of migrations that the backup did not have yet. */
  migrated: string[];
  /** What an export would write now; null where this version writes other files than the one that made the backup. */
  files: Backup['files'] | null;
  /** Seconds, by what was done. */
  seconds: Record<string, number>;
}

/** Brings a backup into an empty database, with the migrations it does not have yet, and looks at what is there then. */
export async function run(input: Input, tools: Tools): Promise<Restored> {
  const { db, bucket, clock, progress, signal } = tools;
  if (!(await isEmptyDatabase(db))) {
    throw new JobFailure(
      'The database of --into is not empty. Make a new one: nothing is ever restored over another.',
    );
  }
  const seconds: Record<string, number> = {};
  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const started = clock();
    progress(`${what}...`);
    const result = await work();
    seconds[what] = (clock() - started) / 1000;
    return result;
  }
  const backup = await readBackup(bucket, input.backupId);
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-restore-'));
  try {
    const path = join(folder, 'dump');
    await timed('download and decrypt', () => bringDump(bucket, backup, input.identities, path, signal));
    await timed('restore', () => {
      const args = [`--jobs=${input.workers}`, '--no-owner', '--no-privileges', '--exit-on-error', path];
      const env = { ...tools.env, PGOPTIONS: `${tools.env.PGOPTIONS ?? ''} ${forIndexes}` };
      return startClientProgram('pg_restore', input.databaseUrl, args, { env, signal }).ended;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await timed('statistics', () => refreshStatistics(db));
  const found = await timed('count rows', async () => {
    const { migrations, logSeq } = await readBackupHead(db);
    return { tables: await countKeptRows(db), migrations, log_seq: logSeq };
  });
  const migrated = await timed('migrate', () =>
    migrate(db, { directory: input.migrations, grants: input.grants, log: silent }),
  );
  const files = await timed('export', () =>
    backup.schema_version === schemaVersion
      ? db.transaction((tx) => hashExport(tx, signal), 'repeatable read read only')
      : Promise.resolve(null),
  );
  return { backup, found, migrated: migrated.map(({ name }) => name), files, seconds };
}

/** Of each worker: room to sort a million rows for an index. */
const forIndexes = '-c maintenance_work_mem=256MB';

const silent = { info: () => undefined, warn: () => undefined };
