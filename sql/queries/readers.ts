import { readingSeconds } from '#domain/moderation.ts';
import type { Db } from '../db.ts';

/** A moderator who has a submission open. */
export interface Reader {
  gistId: string;
  login: string;
  since: Date;
}

const present = `seen_at > now() - interval '${readingSeconds} seconds'`;

/** This moderator has the gist open, and no other that they have not shown a sign of life from. False: no such gist. */
export async function keepReading(db: Db, accountId: string, gistId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `with swept as (
       delete from reader where account_id = $1 and gist_id <> $2 and not ${present}
     )
     insert into reader (account_id, gist_id) select $1, gist_id from submission where gist_id = $2
     on conflict (account_id, gist_id) do update
       set seen_at = now(), since = case when reader.${present} then reader.since else now() end`,
    [accountId, gistId],
  );
  return rowCount > 0;
}

/** This moderator has closed the gist. */
export async function endReading(db: Db, accountId: string, gistId: string): Promise<void> {
  await db.query('delete from reader where account_id = $1 and gist_id = $2', [accountId, gistId]);
}

/** Who else than this moderator has each of these gists open, longest first, by gist id. */
export async function listReaders(
  db: Db,
  gistIds: readonly string[],
  accountId: string,
): Promise<Map<string, Reader[]>> {
  const { rows } = await db.query<Reader>(
    `select gist_id as "gistId", login, since from reader join account on account.id = account_id
      where gist_id = any($1) and account_id <> $2 and ${present}
      order by since, login`,
    [gistIds, accountId],
  );
  const readers = new Map<string, Reader[]>();
  for (const row of rows) readers.set(row.gistId, [...(readers.get(row.gistId) ?? []), row]);
  return readers;
}
