import type { Manifest } from '#domain/snapshot.ts';
import type { Database, Db } from '../db.ts';
import { type Held, holdingLock } from './advisory-lock.ts';

/** A snapshot as the history remembers it. */
export interface Snapshot {
  id: string;
  /** The last log number it has seen. */
  logSeq: number;
  schemaVersion: string;
  recordCount: number;
  verifiedFrom: Date | null;
  published: boolean;
}

/** The newest snapshot that is not abandoned, or null. Ids are times of one length, so their order is theirs too. */
export function newestSnapshot(db: Db): Promise<Snapshot | null> {
  return newest(db, 'abandoned_at is null');
}

/** The newest snapshot that was published, or null: what the next one's changes start from. */
export function newestPublishedSnapshot(db: Db): Promise<Snapshot | null> {
  return newest(db, 'published_at is not null');
}

/** The snapshot of this id, abandoned or not; null where the history never made it. */
export function findSnapshot(db: Db, id: string): Promise<Snapshot | null> {
  return newest(db, 'id = $1', [id]);
}

async function newest(db: Db, condition: string, values: string[] = []): Promise<Snapshot | null> {
  const { rows } = await db.query<Snapshot & { logSeq: string }>(
    `select id, log_seq as "logSeq", schema_version as "schemaVersion", record_count as "recordCount",
            verified_from as "verifiedFrom", published_at is not null as published
       from snapshot where ${condition} order by id desc limit 1`,
    values,
  );
  return rows[0] === undefined ? null : { ...rows[0], logSeq: Number(rows[0].logSeq) };
}

/** When the newest snapshot was made, abandoned ones included: the next id must be later. */
export async function lastExportedAt(db: Db): Promise<Date | null> {
  const { rows } = await db.query<{ last: Date | null }>('select max(exported_at) as last from snapshot');
  return rows[0]?.last ?? null;
}

/** Adds a snapshot to the history, as its manifest describes it; not published yet. */
export async function recordSnapshot(db: Db, manifest: Manifest): Promise<void> {
  await db.query(
    `insert into snapshot
       (id, previous_id, log_seq, schema_version, record_count, verified_from, verified_to, exported_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      manifest.snapshot_id,
      manifest.previous_snapshot,
      manifest.log_seq,
      manifest.schema_version,
      manifest.record_count,
      manifest.verified_from,
      manifest.verified_to,
      manifest.generated_at,
    ],
  );
}

/** Gives up an unpublished snapshot whose files are lost. A published one is never touched. */
export async function abandonSnapshot(db: Db, id: string): Promise<void> {
  await db.query(
    'update snapshot set abandoned_at = now() where id = $1 and published_at is null and abandoned_at is null',
    [id],
  );
}

/** Says that a snapshot was published: now, unless it was before. One that was given up is in the world all the same. */
export async function markPublished(db: Db, id: string): Promise<void> {
  const { rowCount } = await db.query(
    'update snapshot set published_at = now(), abandoned_at = null where id = $1 and published_at is null',
    [id],
  );
  if (rowCount === 0) throw new Error(`snapshot ${id} is not there, or was published`);
}

/** Names the one advisory lock that everybody takes who adds to or publishes the history. Chosen once, at random. */
const historyLock = '6120934118845163';

/** The history of snapshots, held by one job. */
export type HeldHistory = Held;

/**
 * Runs work while no other job on this server holds the history, on the connection that holds it. Null, and no work,
 * when another does. On the embedded database the lock on the output folder is all there is.
 */
export function holdingHistory<T>(
  database: Database,
  work: (history: HeldHistory) => Promise<T>,
): Promise<T | null> {
  return holdingLock(database, historyLock, work);
}
