import type { Member } from '#domain/account-session.ts';
import { type Decision, mayDecide } from '#domain/moderation.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { reportOutcome } from '#domain/report.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import type { State } from '#domain/submission.ts';
import type { Runtime } from '#runtime/runtime.ts';
import type { Db } from '#sql/db.ts';
import { endEscalation } from '#sql/queries/escalations.ts';
import { listHistories } from '#sql/queries/history.ts';
import { findSubmission, lockSubmission, type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';
import { closeReports } from '#sql/queries/reports.ts';
import { decidable } from './answer.ts';
import { refuseMoved, refuseStale, withWhoDecided } from './refuse-decision.ts';
import { type Reread, reread } from './reread.ts';

/** A decision as it was asked for. */
export interface Wanted {
  decision: Decision;
  /** The revision the moderator has read. */
  revision: string;
  /** Where it stood when they read it; a decision made elsewhere meanwhile is not decided over. */
  state?: State | undefined;
  reason?: string | null | undefined;
  note: string;
}

/**
 * A moderator decides about one submission: whoever is second is told who was first and what they decided; who read
 * another revision is told what changed. Returns the row where it stands then.
 */
export async function takeDecision(
  runtime: Runtime,
  member: Member,
  gistId: string,
  wanted: Wanted,
): Promise<Result<Submission>> {
  const { database } = runtime;
  const mayNow = (db: Db, row: Submission | null) => mayDecideNow(db, row, wanted, member, runtime);
  const standing = await mayNow(database, await findSubmission(database, gistId));
  if (!standing.ok) return standing;
  // Read before listed: an approval is for what GitHub has at this moment, not for what it had at submission.
  const read = wanted.decision === 'approve' ? await reread(runtime, standing.value) : ok(null);
  if (!read.ok) return read;

  return database.transaction(async (tx) => {
    if (wanted.decision === 'clear') {
      const locked = await mayNow(tx, await lockSubmission(tx, gistId));
      if (!locked.ok) return locked;
      if (locked.value.state !== 'quarantined') return dismissReports(tx, locked.value);
    }
    const decided = await moveSubmission(tx, gistId, async (current) => {
      const still = await mayNow(tx, current);
      return still.ok ? planDecision(still.value, wanted, member, read.value) : still;
    });
    if (!decided.ok) return decided;
    // A decision answers what readers reported and what another moderator asked.
    await endEscalation(tx, gistId);
    await closeReports(tx, gistId, reportOutcome(wanted.decision));
    return decided;
  });
}

/** `clear` for a row that stands: what readers reported of it is closed, and the row stays where it is. */
async function dismissReports(tx: Db, row: Submission): Promise<Result<Submission>> {
  const closed = await closeReports(tx, row.gistId, 'kept');
  if (closed === 0) return refuse('invalid_state', { from: row.state, to: 'what it was before' });
  await endEscalation(tx, row.gistId);
  return ok(row);
}

async function mayDecideNow(
  db: Db,
  row: Submission | null,
  wanted: Wanted,
  member: Member,
  { moderatorIds }: Runtime,
): Promise<Result<Submission>> {
  // Nobody can bring back a row whose owner erased their account, but its owner.
  if (!row || row.ownerId === null) return refuse('not_found');
  const history = (await listHistories(db, [row.gistId])).get(row.gistId) ?? [];
  const may = mayDecide(member, decidable(row, history), moderatorIds);
  if (!may.ok) return may;
  const planned = planMove(wanted.decision, row, approvalChanges(row, wanted.decision));
  if (!planned.ok && wanted.decision !== 'clear') return withWhoDecided(planned, row, history);
  if (row.revision !== wanted.revision) return refuseStale(row, wanted.revision);
  if (wanted.state === undefined || wanted.state === row.state) return ok(row);
  const to = planned.ok ? planned.value.after.state : 'what it was before';
  return refuseMoved(row, { read: wanted.state, to }, history);
}

function planDecision(
  row: Submission,
  wanted: Wanted,
  member: Member,
  fresh: Reread | null,
): Result<MoveRecord> {
  const changes = { ...fresh?.metadata, ...approvalChanges(row, wanted.decision) };
  const planned = planMove(wanted.decision, row, changes);
  if (!planned.ok) return planned;
  const { reason = null, note } = wanted;
  return ok({
    planned: planned.value,
    accountId: member.accountId,
    reason,
    note: note || null,
    inspection: fresh?.inspection ?? null,
  });
}

function approvalChanges(row: Submission, decision: Decision): Partial<Submission> {
  return decision === 'approve' ? { approvedRevision: row.revision, approvedAt: new Date() } : {};
}
