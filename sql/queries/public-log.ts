import type { Db } from '../db.ts';

export interface PublicLogEntry {
  seq: number;
  at: Date;
  gistId: string;
  move: string;
  kind: string;
  reason: string | null;
}

/** Moves of rows into and out of the dataset, newest first; `before` continues under that number. */
export async function listPublicLog(
  db: Db,
  page: { before: number | null; limit: number },
): Promise<PublicLogEntry[]> {
  const { rows } = await db.query<Omit<PublicLogEntry, 'seq'> & { seq: string }>(
    `select seq, at, gist_id as "gistId", move, kind, reason from moderation_log
      where kind is not null and ($1::bigint is null or seq < $1)
      order by seq desc limit $2`,
    [page.before, page.limit],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** How many submissions were rejected for each reason. */
export async function countRejections(db: Db): Promise<Map<string, number>> {
  const { rows } = await db.query<{ reason: string; count: string }>(
    `select reason, count(*) from moderation_log
      where move = 'reject' and kind is null and reason is not null group by reason order by reason`,
  );
  return new Map(rows.map((row) => [row.reason, Number(row.count)]));
}
