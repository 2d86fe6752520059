import { quarantineShareOfIndex, quarantinesPerAccountAndDay } from '#domain/moderation.ts';
import type { Db } from '../db.ts';

export interface Report {
  gistId: string;
  reason: string;
  text: string;
  at: Date;
}

/** Has this account reported this gist before? A second report never quarantines. */
export async function hasReported(tx: Db, gistId: string, accountId: string): Promise<boolean> {
  const { rowCount } = await tx.query('select from report where gist_id = $1 and account_id = $2', [
    gistId,
    accountId,
  ]);
  return rowCount > 0;
}

/** Files a report, or opens the one this account filed before again, with its new words. */
export async function recordReport(
  db: Db,
  report: { gistId: string; accountId: string; reason: string; text: string },
): Promise<void> {
  await db.query(
    `insert into report (gist_id, account_id, reason, text) values ($1, $2, $3, $4)
     on conflict (gist_id, account_id) do update
       set reason = excluded.reason, text = excluded.text, at = now(), closed_at = null`,
    [report.gistId, report.accountId, report.reason, report.text],
  );
}

/** Closes what was reported of a gist: a moderator has decided. Returns how many reports were open. */
export async function closeReports(db: Db, gistId: string): Promise<number> {
  const { rowCount } = await db.query(
    'update report set closed_at = now() where gist_id = $1 and closed_at is null',
    [gistId],
  );
  return rowCount;
}

/**
 * May this account's report put a row in quarantine now, or does it open a case? Takes the lock that makes reports
 * one after another, so it must run inside the transaction that files the report.
 */
export async function mayQuarantine(tx: Db, accountId: string): Promise<boolean> {
  await tx.query("select pg_advisory_xact_lock(hashtext('report'))");
  const { rows } = await tx.query<{ allowed: boolean }>(
    `select count(*) filter (where account_id = $1) < $2
            and count(*) < greatest(1, floor($3::float8 * (select count(*) from submission where presence = 'listed'))) as allowed
       from moderation_log where move = 'quarantine' and at > now() - interval '24 hours'`,
    [accountId, quarantinesPerAccountAndDay, quarantineShareOfIndex],
  );
  return rows[0]?.allowed ?? false;
}

/** The open reports on each gist, oldest first. */
export async function listReports(db: Db, gistIds: readonly string[]): Promise<Report[]> {
  const { rows } = await db.query<Report>(
    'select gist_id as "gistId", reason, text, at from report where gist_id = any($1) and closed_at is null order by at, id',
    [gistIds],
  );
  return rows;
}
