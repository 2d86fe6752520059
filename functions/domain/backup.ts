import { z } from 'zod';

const idPattern = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/;
const digest = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(0) });

/** Backup ids are the time they were begun, to the millisecond, with `-` for `:` and `.`. */
export function backupId(begunAt: Date): string {
  return begunAt.toISOString().replace(/[:.]/g, '-');
}

export function isBackupId(text: string): boolean {
  return idPattern.test(text);
}

/** The encrypted dump of a backup, and what is known of it, in the bucket. */
export const dumpKey = (id: string) => `backups/${id}.dump.age`;
export const backupKey = (id: string) => `backups/${id}.json`;

/** The same text as that of the newest backup. */
export const newestBackupKey = 'backups/newest.json';

/** What is known of a backup without its key: how much it holds, and by which hashes to know it and what it leads to. */
export const backup = z.strictObject({
  backup_version: z.literal(1),
  backup_id: z.string().regex(idPattern),
  begun_at: z.iso.datetime({ precision: 3 }),
  /** The file as it is in the bucket, encrypted. */
  dump: digest,
  /** How many migrations the database had. */
  migrations: z.int().min(0),
  /** The last log number given out. */
  log_seq: z.int().min(0),
  /** Rows by table, of those that the dump has. */
  tables: z.record(z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/), z.int().min(0)),
  /** The version of the files below. */
  schema_version: z.string().max(20),
  /** Files that an export would have written of the same database. */
  files: z.record(z.enum(['submissions.ndjson', 'removed.ndjson']), digest),
});
export type Backup = z.infer<typeof backup>;

/** The rows of all its tables. */
export function countRows({ tables }: Pick<Backup, 'tables'>): number {
  return Object.values(tables).reduce((sum, count) => sum + count, 0);
}
