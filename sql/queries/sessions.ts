import { absoluteDays, idleDays } from '#domain/account-session.ts';
import type { Db } from '../db.ts';
import { newsCount } from './news.ts';

export interface SessionOwner {
  accountId: string;
  githubId: string;
  login: string;
  /** Moves on their gists that they have not seen yet; `mostNewsCounted` at most. */
  news: number;
}

/** Starts a session and forgets the account's dead ones. Returns when it ends at the latest. */
export async function startSession(db: Db, session: { jti: string; accountId: string }): Promise<Date> {
  const { rows } = await db.query<{ expiresAt: Date }>(
    `with swept as (
       delete from session where account_id = $2
          and (expires_at < now() or revoked_at is not null or last_seen < now() - make_interval(days => $4))
     )
     insert into session (jti, account_id, expires_at) values ($1, $2, now() + make_interval(days => $3))
     returning expires_at as "expiresAt"`,
    [session.jti, session.accountId, absoluteDays, idleDays],
  );
  if (rows[0] === undefined) throw new Error('a session was not inserted');
  return rows[0].expiresAt;
}

/**
 * Whose session this is, or null when it was revoked, has ended, or was not used for too long. Using it keeps it
 * alive; the time of use is written once a minute at most.
 */
export async function useSession(db: Db, jti: string): Promise<SessionOwner | null> {
  const { rows } = await db.query<SessionOwner>(
    `with live as (
       select jti, account_id, last_seen from session
        where jti = $1 and revoked_at is null and expires_at > now()
          and last_seen > now() - make_interval(days => $2)
     ), used as (
       update session set last_seen = now() from live
        where session.jti = live.jti and live.last_seen < now() - interval '1 minute'
     )
     select account.id as "accountId", account.github_id as "githubId", account.login, ${newsCount} as news
       from live join account on account.id = live.account_id`,
    [jti, idleDays],
  );
  return rows[0] ?? null;
}

/** Ends one session. */
export async function revokeSession(db: Db, jti: string): Promise<void> {
  await db.query('update session set revoked_at = now() where jti = $1 and revoked_at is null', [jti]);
}

/** Ends every session of the account, on every browser. */
export async function revokeAllSessions(db: Db, accountId: string): Promise<void> {
  await db.query('update session set revoked_at = now() where account_id = $1 and revoked_at is null', [
    accountId,
  ]);
}
