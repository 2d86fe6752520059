import { quarantineShareOfIndex, quarantinesPerAccountAndDay } from '#domain/moderation.ts';
import type { Db } from '../db.ts';

export interface Report {
  gistId: string;
  reason: string;
  text: string;
  at: Date;
}

/** Files a report. False when this account has reported this gist before. */
export async function recordReport(
  db: Db,
  report: { gistId: string; accountId: string; reason: string; text: string; quarantined: boolean },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into report (gist_id, account_id, reason, text, quarantined) values ($1, $2, $3, $4, $5)
     on conflict (gist_id, account_id) do nothing`,
    [report.gistId, report.accountId, report.reason, report.text, report.quarantined],
  );
  return rowCount === 1;
}

/**
 * May this account's report put a row in quarantine now, or does it open a case? Takes the lock that makes reports
 * one after another, so it must run inside the transaction that files the report.
 */
export async function mayQuarantine(tx: Db, accountId: string): Promise<boolean> {
  await tx.query("select pg_advisory_xact_lock(hashtext('report'))");
  const { rows } = await tx.query<{ allowed: boolean }>(
    `select count(*) filter (where account_id = $1) < $2
            and count(*) < greatest(1, $3::float8 * (select count(*) from submission where presence = 'listed')) as allowed
       from moderation_log where move = 'quarantine' and at > now() - interval '24 hours'`,
    [accountId, quarantinesPerAccountAndDay, quarantineShareOfIndex],
  );
  return rows[0]?.allowed ?? false;
}

/** The reports on each gist, oldest first. */
export async function listReports(db: Db, gistIds: readonly string[]): Promise<Report[]> {
  const { rows } = await db.query<Report>(
    'select gist_id as "gistId", reason, text, at from report where gist_id = any($1) order by at, id',
    [gistIds],
  );
  return rows;
}
