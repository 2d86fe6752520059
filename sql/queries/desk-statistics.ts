import type { Db } from '../db.ts';

/** How the moderators got on in the last days. */
export interface DeskStatistics {
  /** When the row that waits longest began to wait; null when none waits. */
  oldestWaiting: Date | null;
  decided: number;
  /** From the move that made a row wait to the decision about it; null when nothing that waited was decided. */
  medianHours: number | null;
  approve: number;
  reject: number;
  remove: number;
  byReason: Record<string, number>;
}

const waiting = "('pending', 'changed', 'quarantined')";
/** What puts a question to the moderators. An edit does where it takes a row from its place. */
const asks = "('submit', 'resubmit', 'attest', 'appeal', 'edit', 'suspect', 'quarantine', 'reopen')";

/** Decisions of so many days until now, and since when a row waits. */
export async function readDeskStatistics(db: Db, days: number): Promise<DeskStatistics> {
  const { rows } = await db.query<DeskStatistics>(
    `with decision as (
       select seq, at, gist_id, move, from_state, reason from moderation_log
        where move in ('approve', 'reject', 'remove', 'clear') and at > now() - make_interval(days => $1)
     ), waited as (
       select extract(epoch from decision.at - asked.at) / 3600 as hours
         from decision cross join lateral (
           select at from moderation_log as log
            where log.gist_id = decision.gist_id and log.seq < decision.seq
              and log.move in ${asks} and (log.from_state is distinct from log.to_state or log.move = 'attest')
            order by log.seq desc limit 1
         ) as asked
        where decision.from_state in ${waiting}
     ), reasons as (
       select reason, count(*)::int as times from decision where reason is not null group by reason
     )
     select least(
              (select min(waiting_since) from submission
                where state in ${waiting} and (state <> 'pending' or license is not null)),
              (select min(at) from report join submission using (gist_id)
                where closed_at is null and state = 'approved')
            ) as "oldestWaiting",
            count(*)::int as decided,
            count(*) filter (where move = 'approve')::int as approve,
            count(*) filter (where move = 'reject')::int as reject,
            count(*) filter (where move = 'remove')::int as remove,
            (select round((percentile_cont(0.5) within group (order by hours))::numeric, 2)::float8 from waited)
              as "medianHours",
            (select coalesce(json_object_agg(reason, times order by reason), '{}') from reasons) as "byReason"
       from decision`,
    [days],
  );
  if (rows[0] === undefined) throw new Error('An aggregate query gave no row.');
  return rows[0];
}
