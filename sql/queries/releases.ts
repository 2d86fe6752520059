import type { ChangeKind } from '#domain/submission.ts';
import type { Db } from '../db.ts';

/** What the history knows of a snapshot that was released; null of one it does not know. */
export async function findSnapshot(
  db: Db,
  id: string,
): Promise<{ logSeq: number; schemaVersion: string } | null> {
  const { rows } = await db.query<{ logSeq: string; schemaVersion: string }>(
    'select log_seq as "logSeq", schema_version as "schemaVersion" from snapshot where id = $1',
    [id],
  );
  return rows[0] === undefined ? null : { ...rows[0], logSeq: Number(rows[0].logSeq) };
}

/** How often the dataset changed in which way, after one log number and up to another; none stand for 0. */
export async function countChanges(
  db: Db,
  after: number,
  until: number,
): Promise<Partial<Record<ChangeKind, number>>> {
  const { rows } = await db.query<{ kind: ChangeKind; count: string }>(
    `select kind, count(*) as count from moderation_log
      where kind is not null and seq > $1 and seq <= $2 group by kind`,
    [after, until],
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, Number(count)]));
}
