import { quarantineShareOfIndex, quarantinesPerAccountAndDay } from '#domain/moderation.ts';
import type { ReportOutcome, ReportStanding } from '#domain/report.ts';
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
  report: { gistId: string; accountId: string; reason: string; text: string; quarantined: boolean },
): Promise<void> {
  await db.query(
    `insert into report (gist_id, account_id, reason, text, quarantined) values ($1, $2, $3, $4, $5)
     on conflict (gist_id, account_id) do update
       set reason = excluded.reason, text = excluded.text, quarantined = report.quarantined or excluded.quarantined,
           at = now(), closed_at = null, outcome = null`,
    [report.gistId, report.accountId, report.reason, report.text, report.quarantined],
  );
}

/** Closes what was reported of a gist: a moderator has decided so. Returns how many reports were open. */
export async function closeReports(db: Db, gistId: string, outcome: ReportOutcome): Promise<number> {
  const { rowCount } = await db.query(
    'update report set closed_at = now(), outcome = $2 where gist_id = $1 and closed_at is null',
    [gistId, outcome],
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

/** Where a report stands, of report `r` and its submission `s`; a row that its owner took back needs no decision. */
const standing = `case when r.outcome is not null then r.outcome when r.closed_at is not null then 'closed'
  when s.state = 'withdrawn' then 'left' when s.state = 'quarantined' then 'hidden' else 'waiting' end`;

export interface FiledReport extends Report {
  closedAt: Date | null;
  standing: ReportStanding;
}

/** What an account has reported, newest first. */
export async function listFiledReports(db: Db, accountId: string, limit: number): Promise<FiledReport[]> {
  const { rows } = await db.query<FiledReport>(
    `select r.gist_id as "gistId", r.reason, r.text, r.at, r.closed_at as "closedAt", ${standing} as standing
       from report r join submission s using (gist_id)
      where r.account_id = $1 order by r.at desc, r.id desc limit $2`,
    [accountId, limit],
  );
  return rows;
}

/** How many reports there were, how many of them hid a row at once, and how many stand where. */
export async function countReports(
  db: Db,
): Promise<{ received: number; quarantined: number; standing: Partial<Record<ReportStanding, number>> }> {
  const { rows } = await db.query<{ standing: ReportStanding; reports: number; quarantined: number }>(
    `select ${standing} as standing, count(*)::float8 as reports, (count(*) filter (where quarantined))::float8 as quarantined
       from report r join submission s using (gist_id) group by 1`,
  );
  const sum = (of: 'reports' | 'quarantined') => rows.reduce((total, row) => total + row[of], 0);
  return {
    received: sum('reports'),
    quarantined: sum('quarantined'),
    standing: Object.fromEntries(rows.map((row) => [row.standing, row.reports])),
  };
}
