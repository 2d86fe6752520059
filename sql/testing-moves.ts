import type { Db } from './db.ts';

/** A line of the log, and who did it: a numeric account id, null for a job. */
export interface LoggedMove {
  seq: number;
  gistId: string;
  move: string;
  by: string | null;
}

/** Every line of the log after this number, in order. */
export async function listLoggedMoves(db: Db, after: number): Promise<LoggedMove[]> {
  const { rows } = await db.query<Omit<LoggedMove, 'seq'> & { seq: string }>(
    `select seq, gist_id as "gistId", move, account.github_id as by
       from moderation_log left join account on account.id = account_id
      where seq > $1 order by seq`,
    [after],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** The last number of the log. */
export async function lastLogNumber(db: Db): Promise<number> {
  const { rows } = await db.query<{ seq: string }>('select seq from log_head');
  return Number(rows[0]?.seq);
}

/** Rows that do not stand where their last line in the log has left them; there should be none. */
export async function countStrayRows(db: Db): Promise<number> {
  const { rows } = await db.query<{ stray: string }>(
    `select count(*) as stray
       from submission left join moderation_log as last on last.gist_id = submission.gist_id and last.seq = last_seq
      where last.to_state is distinct from state
         or exists (select from moderation_log as later where later.gist_id = submission.gist_id and later.seq > last_seq)`,
  );
  return Number(rows[0]?.stray);
}

/** Gist ids of the rows that the dataset has now, in order. */
export async function listListed(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ gistId: string }>(
    `select gist_id as "gistId" from submission where presence = 'listed' order by gist_id`,
  );
  return rows.map(({ gistId }) => gistId);
}
