import type { Db } from '../db.ts';

/** A row as its table has it, and other things as JSON: what a person gets is all there is. */
type Json = Record<string, unknown>;

/** The account's own row; null where there is none. */
export async function readAccount(db: Db, accountId: string): Promise<Json | null> {
  const { rows } = await db.query<{ row: Json }>('select to_jsonb(a) as row from account a where id = $1', [
    accountId,
  ]);
  return rows[0]?.row ?? null;
}

/** Lists that belong to an account, each by the statement that gives its rows, short enough to be read at once. */
const lists = {
  sessions: 'select to_jsonb(t) as row from session t where account_id = $1 order by created_at',
  reports_filed: 'select to_jsonb(t) as row from report t where account_id = $1 order by at',
  reading: 'select to_jsonb(t) as row from reader t where account_id = $1 order by since',
  escalations: 'select to_jsonb(t) as row from escalation t where account_id = $1 order by at',
} as const;
export type AccountList = keyof typeof lists;
export const accountLists = Object.keys(lists) as AccountList[];

export async function readList(db: Db, accountId: string, list: AccountList): Promise<Json[]> {
  const { rows } = await db.query<{ row: Json }>(lists[list], [accountId]);
  return rows.map(({ row }) => row);
}

const pageLength = 50;

/**
 * The account's submissions by gist id, each with everything that is kept with it. Who decided about it, reported it or
 * asked another moderator to look is left out, and what a reader wrote of it: that is stored about others.
 */
export async function* eachSubmission(db: Db, accountId: string): AsyncGenerator<Json> {
  let after = '';
  for (;;) {
    const { rows } = await db.query<{ gistId: string; row: Json }>(
      `select gist_id as "gistId", to_jsonb(s) || jsonb_build_object(
         'inspections', (select coalesce(jsonb_agg(to_jsonb(i) order by inspected_at), '[]')
                           from inspection i where i.gist_id = s.gist_id),
         'moves', (select coalesce(jsonb_agg(to_jsonb(l) - 'account_id' || jsonb_build_object(
                            'by_you', l.account_id is not distinct from $1, 'note', n.text) order by l.seq), '[]')
                     from moderation_log l left join note n using (seq) where l.gist_id = s.gist_id),
         'reports', (select coalesce(jsonb_agg(to_jsonb(r) - 'account_id' - 'text' order by at), '[]')
                       from report r where r.gist_id = s.gist_id),
         'escalation', (select to_jsonb(e) - 'account_id' from escalation e where e.gist_id = s.gist_id)) as row
         from submission s where account_id = $1 and gist_id > $2 order by gist_id limit $3`,
      [accountId, after, pageLength],
    );
    for (const { row } of rows) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < pageLength) return;
    after = last.gistId;
  }
}

const movesAtOnce = 1000;

/** The moves the account has made on other people's gists, oldest first: a moderator's decisions, a reader's reports. */
export async function* eachMoveElsewhere(db: Db, accountId: string): AsyncGenerator<Json> {
  let after = 0;
  for (;;) {
    const { rows } = await db.query<{ seq: string; row: Json }>(
      `select l.seq, to_jsonb(l) || jsonb_build_object('note', n.text) as row
         from moderation_log l left join note n using (seq) join submission s using (gist_id)
        where l.account_id = $1 and s.account_id <> $1 and l.seq > $2 order by l.seq limit $3`,
      [accountId, after, movesAtOnce],
    );
    for (const { row } of rows) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < movesAtOnce) return;
    after = Number(last.seq);
  }
}
