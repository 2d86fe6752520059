import { type Backup, countRows } from '#domain/backup.ts';
import type { Db, Transaction } from '../db.ts';

/**
 * Tables whose rows no backup has: they are of minutes or weeks, and a session that was ended must not be there again
 * after a restore. Everybody signs in anew then. Their definitions are kept.
 */
export const notKept = ['session', 'sign_in', 'reader', 'rate_limit'];

/** Lets others read exactly what this transaction sees, while it lasts; gives the name by which they ask for it. */
export async function shareTransaction(tx: Transaction): Promise<string> {
  // It waits for them, however long they take.
  await tx.query('set local idle_in_transaction_session_timeout = 0');
  const { rows } = await tx.query<{ name: string }>('select pg_export_snapshot() as name');
  if (rows[0] === undefined) throw new Error('A function call gave no row.');
  return rows[0].name;
}

/** The rows of each table that backups keep. */
export async function countKeptRows(db: Db): Promise<Record<string, number>> {
  const { rows: tables } = await db.query<{ name: string; counting: string }>(
    `select relname::text as name, format('select count(*) from public.%I', relname) as counting
       from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all($1)
      order by relname collate "C"`,
    [notKept],
  );
  const counts: [string, number][] = [];
  for (const { name, counting } of tables) {
    const { rows } = await db.query<{ count: string }>(counting);
    counts.push([name, Number(rows[0]?.count)]);
  }
  return Object.fromEntries(counts);
}

/** How many migrations were applied, and the last log number given out. */
export async function readBackupHead(db: Db): Promise<{ migrations: number; logSeq: number }> {
  const { rows } = await db.query<{ migrations: string; logSeq: string }>(
    `select (select count(*) from migration) as migrations, (select seq from log_head) as "logSeq"`,
  );
  return { migrations: Number(rows[0]?.migrations), logSeq: Number(rows[0]?.logSeq) };
}

/** Remembers a backup that is kept. The dump itself does not know of it. */
export async function recordBackup(
  db: Db,
  backup: Pick<Backup, 'backup_id' | 'dump' | 'log_seq' | 'tables'>,
  finishedAt: Date,
): Promise<void> {
  await db.query(
    'insert into backup_run (id, finished_at, bytes, row_count, log_seq) values ($1, $2, $3, $4, $5)',
    [backup.backup_id, finishedAt, backup.dump.bytes, countRows(backup), backup.log_seq],
  );
}

/** Is there nothing at all in the database's schema yet? */
export async function isEmptyDatabase(db: Db): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from pg_class where relnamespace = 'public'::regnamespace limit 1`,
  );
  return rowCount === 0;
}

/** Has the server find out how its tables are filled, which no dump tells. */
export async function refreshStatistics(db: Db): Promise<void> {
  await db.query('analyze');
}
