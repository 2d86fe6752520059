import { planMove, type Submission } from '#domain/move.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import { inStates } from '#domain/submission.ts';
import type { Database, Db } from '../db.ts';
import { type MoveRecord, moveSubmission } from './moves.ts';

/** Gists of this account that are not out of the index yet. Nobody else moves them before the transaction ends. */
async function lockIn(tx: Db, accountId: string, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ gistId: string }>(
    `select gist_id as "gistId" from submission where account_id = $1 and state = any($2)
      order by gist_id limit $3 for update`,
    [accountId, inStates, limit],
  );
  return rows.map(({ gistId }) => gistId);
}

const ownGists = 'select gist_id from submission where account_id = $1';
const ownMoves = `select seq from moderation_log where gist_id in (${ownGists})`;

/** Each takes something of the account away; together, everything but what the log and the departures need. */
const steps: readonly string[] = [
  'delete from session where account_id = $1',
  'delete from reader where account_id = $1',
  // What they asked other moderators still waits for these, without their name and words.
  'update escalation set account_id = null, note = null where account_id = $1',
  `delete from escalation where gist_id in (${ownGists})`,
  // Their answers, and what moderators wrote to them.
  `delete from note where seq in (${ownMoves})`,
  `delete from inspection where gist_id in (${ownGists})`,
  // Of reports, the reason and the outcome stay: they are counted in public.
  `update report set text = '', outcome = case when closed_at is null then 'left' else outcome end,
          closed_at = coalesce(closed_at, now())
    where gist_id in (${ownGists})`,
  "update report set account_id = null, text = '' where account_id = $1",
  `update submission set owner_id = null, owner_login = '', gist_url = '', node_id = '', title = '', files = '[]',
          total_bytes = 0, approved_files = null, previous_files = null, objection = null
    where account_id = $1`,
];

/** Few enough that others, whose moves wait for the log meanwhile, do not notice. */
const atOnce = 25;

/**
 * Takes every gist of the account out of the index, whatever else is done with them meanwhile, and then erases it: what is
 * left is its key, where a submission or a line of the log points at it, and nothing otherwise. Interrupted, it can be
 * begun again. Returns how many gists it took out.
 */
export async function eraseAccount(database: Database, accountId: string): Promise<number> {
  for (let left = 0; ; ) {
    const moved = await database.transaction((tx) => leaveSome(tx, accountId));
    left += moved;
    if (moved > 0) continue;
    if (await database.transaction((tx) => emptyAccount(tx, accountId))) return left;
  }
}

async function leaveSome(tx: Db, accountId: string): Promise<number> {
  const gistIds = await lockIn(tx, accountId, atOnce);
  for (const gistId of gistIds) await moveSubmission(tx, gistId, (row) => planLeave(row, accountId));
  return gistIds.length;
}

function planLeave(row: Submission | null, accountId: string): Result<MoveRecord> {
  if (row?.accountId !== accountId) return refuse('not_found');
  const planned = planMove('leave', row);
  return planned.ok ? ok({ planned: planned.value, accountId, reason: null, note: null }) : planned;
}

/** False, and nothing is erased, while one of its gists is in the index. */
async function emptyAccount(tx: Db, accountId: string): Promise<boolean> {
  await tx.query('select from account where id = $1 for update', [accountId]);
  if ((await lockIn(tx, accountId, 1)).length > 0) return false;
  for (const step of steps) await tx.query(step, [accountId]);
  const { rowCount } = await tx.query(
    `delete from account where id = $1
        and not exists (select from submission where account_id = $1)
        and not exists (select from moderation_log where account_id = $1)`,
    [accountId],
  );
  if (rowCount > 0) return true;
  await tx.query(
    `update account set github_id = null, login = null, created_at = null, feed_id = null, seen_seq = 0,
            erased_at = coalesce(erased_at, now())
      where id = $1`,
    [accountId],
  );
  return true;
}
