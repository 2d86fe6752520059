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

/** Holds for a session that still counts; `days` is the place of `idleDays`. */
const live = (days: string) =>
  `revoked_at is null and expires_at > now() and last_seen > now() - make_interval(days => ${days})`;

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
        where jti = $1 and ${live('$2')}
     ), used as (
       update session set last_seen = now() from live
        where session.jti = live.jti and live.last_seen < now() - interval '1 minute'
     )
     select account.id as "accountId", account.github_id as "githubId", account.login, ${newsCount} as news
       from live join account on account.id = live.account_id
      where account.erased_at is null`,
    [jti, idleDays],
  );
  return rows[0] ?? null;
}

/** Ends one session. */
export async function revokeSession(db: Db, jti: string): Promise<void> {
  await db.query('update session set revoked_at = now() where jti = $1 and revoked_at is null', [jti]);
}

export interface LiveSession {
  jti: string;
  createdAt: Date;
  lastSeen: Date;
  expiresAt: Date;
}

/** The account's sessions that are not ended, the one used last first. */
export async function listSessions(db: Db, accountId: string): Promise<LiveSession[]> {
  const { rows } = await db.query<LiveSession>(
    `select jti, created_at as "createdAt", last_seen as "lastSeen", expires_at as "expiresAt" from session
      where account_id = $1 and ${live('$2')} order by last_seen desc, jti`,
    [accountId, idleDays],
  );
  return rows;
}

/** Ends one session of the account. False where it has none of that id that is not ended. */
export async function revokeOwnSession(db: Db, accountId: string, jti: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update session set revoked_at = now() where jti = $2 and account_id = $1 and revoked_at is null',
    [accountId, jti],
  );
  return rowCount > 0;
}

/** Ends every session of the account, on every browser. */
export async function revokeAllSessions(db: Db, accountId: string): Promise<void> {
  await db.query('update session set revoked_at = now() where account_id = $1 and revoked_at is null', [
    accountId,
  ]);
}

/** Whose sessions: one account's, by GitHub's number, or everybody's. */
export type SessionsOf = { githubId: string } | 'everybody';

/** How many sessions that still count there are of these, and of how many accounts. */
export async function countSessions(db: Db, of: SessionsOf): Promise<{ sessions: number; accounts: number }> {
  const { rows } = await db.query<{ sessions: number; accounts: number }>(
    `select count(*)::int as sessions, count(distinct account_id)::int as accounts
       from session join account on account.id = account_id
      where ${live('$1')} and ($2::bigint is null or github_id = $2)`,
    [idleDays, of === 'everybody' ? null : of.githubId],
  );
  if (rows[0] === undefined) throw new Error('An aggregate query gave no row.');
  return rows[0];
}

/** Ends them all. Returns how many were not ended yet. */
export async function endSessions(db: Db, of: SessionsOf): Promise<number> {
  const { rowCount } = await db.query(
    `update session set revoked_at = now() from account
      where account.id = account_id and revoked_at is null and ($1::bigint is null or github_id = $1)`,
    [of === 'everybody' ? null : of.githubId],
  );
  return rowCount;
}
