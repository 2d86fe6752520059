import { idleDays } from '#domain/account-session.ts';
import { type Forgotten, retention } from '#domain/retention.ts';
import type { Db } from '../db.ts';

interface Rule {
  table: string;
  /** Holds for a row whose time is over, and not any more once it was forgotten. `old(TIME)` is over its days. */
  over: (old: (time: string) => string) => string;
  /** What the row is changed to; it is deleted where this is left out. */
  set?: string;
}

const rules: Readonly<Record<Forgotten, Rule>> = {
  sign_in: { table: 'sign_in', over: (old) => old('expires_at') },
  session: {
    table: 'session',
    over: (old) => old(`least(expires_at, revoked_at, last_seen + interval '${idleDays} days')`),
  },
  rate_limit: { table: 'rate_limit', over: (old) => old('to_timestamp(expire / 1000.0)') },
  reader: { table: 'reader', over: (old) => old('seen_at') },
  escalation: {
    table: 'escalation',
    over: (old) =>
      `${old('at')} and not exists (
         select from submission s where s.gist_id = t.gist_id and s.revision = t.revision)`,
  },
  superseded_inspection: {
    table: 'inspection',
    over: (old) =>
      `${old('inspected_at')} and exists (
         select from submission s where s.gist_id = t.gist_id and s.revision <> t.revision)`,
  },
  inspection_out: {
    table: 'inspection',
    over: (old) =>
      `exists (
         select from submission s join moderation_log l on l.seq = s.last_seq
          where s.gist_id = t.gist_id and s.state in ('withdrawn', 'removed') and ${old('l.at')})`,
  },
  backup_run: {
    table: 'backup_run',
    // Where none is made any more, the newest tells since when.
    over: (old) => `${old('finished_at')} and finished_at <> (select max(finished_at) from backup_run)`,
  },
  left_report: {
    table: 'report',
    over: (old) =>
      `closed_at is null and ${old('at')} and exists (
         select from submission s where s.gist_id = t.gist_id and s.state = 'withdrawn')`,
    set: "closed_at = now(), outcome = 'left'",
  },
  report: {
    table: 'report',
    over: (old) => `${old('closed_at')} and (text <> '' or account_id is not null)`,
    set: "text = '', account_id = null",
  },
  account: {
    table: 'account',
    over: (old) =>
      `${old('created_at')} and erased_at is null and not exists (select from session where account_id = t.id)
         and not exists (select from submission where account_id = t.id)
         and not exists (select from moderation_log where account_id = t.id)
         and not exists (select from report where account_id = t.id)`,
  },
  recheck_run: {
    table: 'recheck_run',
    // Of the newest that did its work, the status tells.
    over: (old) =>
      `${old('started_at')} and finished_at is distinct from (
         select max(finished_at) from recheck_run where outcome = 'done')`,
  },
  note: {
    table: 'note',
    over: (old) =>
      `exists (select from moderation_log l where l.seq = t.seq and ${old('l.at')})
         and not exists (select from submission s where s.last_seq = t.seq)`,
  },
};

function overdue(id: Forgotten): string {
  const { days } = retention[id];
  const { table, over } = rules[id];
  return `from ${table} t where ${over((time) => `${time} < now() - interval '${days} days'`)}`;
}

/** How many rows of this kind are over their time. */
export async function countOverdue(db: Db, id: Forgotten): Promise<number> {
  const { rows } = await db.query<{ count: number }>(`select count(*)::float8 as count ${overdue(id)}`);
  return rows[0]?.count ?? 0;
}

/** Forgets so many rows of this kind at most that are over their time, those in use left for later. Returns how many. */
export async function forget(db: Db, id: Forgotten, limit: number): Promise<number> {
  const { table, set } = rules[id];
  const act = set === undefined ? `delete from ${table}` : `update ${table} set ${set}`;
  const { rowCount } = await db.query(
    `${act} where ctid = any (array(select t.ctid ${overdue(id)} limit $1 for update of t skip locked))`,
    [limit],
  );
  return rowCount;
}
