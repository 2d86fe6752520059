import type { Db } from '#sql/db.ts';

/** How often the log has each move, and what the dataset made of it. */
export async function countMoves(db: Db): Promise<Record<string, number>> {
  const { rows } = await db.query<{ name: string; count: string }>(
    `select concat_ws(': ', move, kind) as name, count(*) from moderation_log group by 1`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
}
