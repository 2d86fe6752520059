import { mostNewsCounted, newsMoves } from '#domain/news.ts';
import type { NewsItem } from '#domain/news-feed.ts';
import type { Db } from '../db.ts';

/**
 * Of a log row `l` and its submission `s`: is it a move of which the gist's owner hears? What was moved on the earlier
 * site is no news here; that a row was taken over is, where it waits for its owner.
 */
const isNews = `l.move in (${newsMoves.map((move) => `'${move}'`).join(', ')})
  and l.account_id is distinct from s.account_id
  and (l.move <> 'import' or l.to_state = 'pending')
  and not exists (
    select from moderation_log taken where taken.gist_id = l.gist_id and taken.seq > l.seq and taken.move = 'import'
  )`;

/**
 * A gist's move that its owner has not seen yet: joins submission `s` and log row `l` to the account `account`. Of a
 * range, PostgreSQL expects few rows, as there are, and goes by the index; of what is greater, a third of all.
 */
const unseen = `submission s join moderation_log l on l.gist_id = s.gist_id and l.seq > account.seen_seq
  where s.account_id = account.id and s.last_seq between account.seen_seq + 1 and ${Number.MAX_SAFE_INTEGER}
    and ${isNews}`;

/** How many moves the account of a row `account` has not seen yet, as an expression; `mostNewsCounted` at most. */
export const newsCount = `(select count(*)::int from (select from ${unseen} limit ${mostNewsCounted}) news)`;

const columns = `l.seq, l.at, l.gist_id as "gistId", s.title, s.submitted_at as "submittedAt", l.move,
  l.to_state as "toState", l.reason, (select text from note where note.seq = l.seq) as note,
  case l.move when 'remove' then s.objection is null else s.appealed_revision is distinct from l.revision end
    as "mayAnswer",
  not exists (
    select from moderation_log later
     where later.gist_id = l.gist_id and later.seq > l.seq and later.move <> 'update'
  ) as standing`;

export type ListedNews = NewsItem & { submittedAt: Date };
type Row = Omit<ListedNews, 'seq'> & { seq: string };

const withNumber = (row: Row): ListedNews => ({ ...row, seq: Number(row.seq) });

/** The moves on its gists that the account has not seen yet, oldest first. */
export async function listUnseen(db: Db, accountId: string, limit: number): Promise<ListedNews[]> {
  const { rows } = await db.query<Row>(
    `select news.* from account, lateral (
       select ${columns} from ${unseen} order by l.seq limit $2
     ) as news
      where account.id = $1 order by news.seq`,
    [accountId, limit],
  );
  return rows.map(withNumber);
}

/** The newest moves on the account's gists that others made, seen or not, newest first. */
export async function listNews(db: Db, accountId: string, limit: number): Promise<ListedNews[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from submission s join moderation_log l on l.gist_id = s.gist_id
      where s.account_id = $1 and ${isNews}
      order by l.seq desc limit $2`,
    [accountId, limit],
  );
  return rows.map(withNumber);
}

/**
 * The account has seen everything up to this log number. Never takes back what was seen, and never goes past the last
 * move there is. Returns the number it stands at.
 */
export async function markSeen(db: Db, accountId: string, seq: number): Promise<number> {
  const { rows } = await db.query<{ seen: string }>(
    `update account set seen_seq = greatest(seen_seq, least($2::bigint, (select seq from log_head)))
      where id = $1 returning seen_seq as seen`,
    [accountId, seq],
  );
  if (rows[0] === undefined) throw new Error('there is no account to mark');
  return Number(rows[0].seen);
}
