import type { Member } from '#domain/account-session.ts';
import { type Decision, mayDecide } from '#domain/moderation.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import type { Runtime } from '#runtime/runtime.ts';
import type { Db } from '#sql/db.ts';
import { endEscalation } from '#sql/queries/escalations.ts';
import { listHistories } from '#sql/queries/history.ts';
import { findSubmission, type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';
import { closeReports } from '#sql/queries/reports.ts';
import { decidable } from './answer.ts';
import { refuseStale, withWhoDecided } from './refuse-decision.ts';
import { type Reread, reread } from './reread.ts';

/** A decision as it was asked for. */
export interface Wanted {
  decision: Decision;
  /** The revision the moderator has read. */
  revision: string;
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
  if (wanted.decision === 'clear' && standing.value.state !== 'quarantined') {
    return dismissReports(runtime, standing.value);
  }

  // Read before listed: an approval is for what GitHub has at this moment, not for what it had at submission.
  const read = wanted.decision === 'approve' ? await reread(runtime, standing.value) : ok(null);
  if (!read.ok) return read;

  return database.transaction(async (tx) => {
    const decided = await moveSubmission(tx, gistId, async (current) => {
      const still = await mayNow(tx, current);
      return still.ok ? planDecision(still.value, wanted, member, read.value) : still;
    });
    if (decided.ok) await endAsked(tx, gistId);
    return decided;
  });
}

/** `clear` for a row that stands: what readers reported of it is closed, and the row stays where it is. */
function dismissReports(runtime: Runtime, row: Submission): Promise<Result<Submission>> {
  return runtime.database.transaction(async (tx) => {
    const closed = await endAsked(tx, row.gistId);
    return closed > 0 ? ok(row) : refuse('invalid_state', { from: row.state, to: 'what it was before' });
  });
}

/** A decision answers what readers reported and what another moderator asked. Returns how many reports were open. */
async function endAsked(tx: Db, gistId: string): Promise<number> {
  await endEscalation(tx, gistId);
  return closeReports(tx, gistId);
}

async function mayDecideNow(
  db: Db,
  row: Submission | null,
  wanted: Wanted,
  member: Member,
  { moderatorIds }: Runtime,
): Promise<Result<Submission>> {
  if (!row) return refuse('not_found');
  const history = (await listHistories(db, [row.gistId])).get(row.gistId) ?? [];
  const may = mayDecide(member, decidable(row, history), moderatorIds);
  if (!may.ok) return may;
  const planned = planMove(wanted.decision, row, approvalChanges(row, wanted.decision));
  if (!planned.ok && wanted.decision !== 'clear') return withWhoDecided(planned, row, history);
  return row.revision === wanted.revision ? ok(row) : refuseStale(row, wanted.revision);
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
