import type { Db } from '../db.ts';

export interface FeedOwner {
  accountId: string;
  githubId: string;
  since: Date;
}

/** Gives the account's feed this id, or none: the id it had is dead from then on. */
export async function setFeed(db: Db, accountId: string, feedId: string | null): Promise<void> {
  await db.query('update account set feed_id = $2 where id = $1', [accountId, feedId]);
}

/** The id of the account's feed, or null. */
export async function findFeed(db: Db, accountId: string): Promise<string | null> {
  const { rows } = await db.query<{ feedId: string | null }>(
    'select feed_id as "feedId" from account where id = $1',
    [accountId],
  );
  return rows[0]?.feedId ?? null;
}

/** Whose feed this is; null where no account has a feed of this id any more. */
export async function findFeedOwner(db: Db, feedId: string): Promise<FeedOwner | null> {
  const { rows } = await db.query<FeedOwner>(
    'select id as "accountId", github_id as "githubId", created_at as since from account where feed_id = $1',
    [feedId],
  );
  return rows[0] ?? null;
}
