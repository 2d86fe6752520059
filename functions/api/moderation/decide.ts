import { z } from 'zod';
import type { Member } from '#domain/account-session.ts';
import { type Decision, decisions, mayDecide, needsReason, reasonIds } from '#domain/moderation.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { findSubmission, type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';
import { closeReports } from '#sql/queries/reports.ts';
import { endpoint, type Reply } from '../../http/endpoint.ts';
import { freeText } from '../../http/free-text.ts';
import { movedView } from '../submissions/own.ts';
import { type Reread, reread } from './reread.ts';

const blankIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);

const input = z
  .object({
    decision: z.enum(decisions, `it must be one of ${decisions.join(', ')}`),
    revision: z.string('name the revision you have read').regex(/^[0-9a-f]{40}$/, 'it is not a revision'),
    reason: z.preprocess(
      blankIsAbsent,
      z.enum(reasonIds, `it must be one of ${reasonIds.join(', ')}`).nullish(),
    ),
    note: freeText,
  })
  .refine(({ decision, reason }) => !needsReason(decision) || reason != null, {
    path: ['reason'],
    message: `a rejection or removal needs one of ${reasonIds.join(', ')}`,
  });

/** POST /api/moderation/{gist_id} {decision, revision, reason, note}: a moderator decides about that revision. */
export const decide = endpoint({
  method: 'POST',
  who: 'moderator',
  input,
  form: {
    done: '/moderation',
    notice: ({ decision }) => decision,
    refused: ({ params }) => `/moderation/${encodeURIComponent(params.gist_id ?? '')}`,
  },
  async answer({ params, input: wanted, member, runtime }) {
    const gistId = params.gist_id ?? '';
    const row = await findSubmission(runtime.database, gistId);
    const standing = mayDecideNow(row, wanted, member, runtime);
    if (!standing.ok) return standing;
    if (wanted.decision === 'clear' && standing.value.state !== 'quarantined') {
      return dismissReports(runtime, standing.value);
    }

    // Read before listed: an approval is for what GitHub has at this moment, not for what it had at submission.
    const read = wanted.decision === 'approve' ? await reread(runtime, standing.value) : ok(null);
    if (!read.ok) return read;

    const moved = await runtime.database.transaction(async (tx) => {
      const decided = await moveSubmission(tx, gistId, (current) => {
        const still = mayDecideNow(current, wanted, member, runtime);
        return still.ok ? planDecision(still.value, wanted, member, read.value) : still;
      });
      if (decided.ok) await closeReports(tx, gistId);
      return decided;
    });
    return moved.ok ? ok({ status: 200, body: movedView(moved.value) }) : moved;
  },
});

/** `clear` for a row that stands: what readers reported of it is closed, and the row stays where it is. */
async function dismissReports(runtime: Runtime, row: Submission): Promise<Result<Reply>> {
  const closed = await closeReports(runtime.database, row.gistId);
  if (closed > 0) return ok({ status: 200, body: movedView(row) });
  return refuse('invalid_state', { from: row.state, to: 'what it was before' });
}

interface Wanted {
  decision: Decision;
  revision: string;
  reason?: string | null | undefined;
  note: string;
}

function mayDecideNow(
  row: Submission | null,
  wanted: Wanted,
  member: Member,
  runtime: Runtime,
): Result<Submission> {
  if (!row) return refuse('not_found');
  const may = mayDecide(member, row, runtime.moderatorIds);
  if (!may.ok) return may;
  const planned = planMove(wanted.decision, row, approvalChanges(row, wanted.decision));
  if (!planned.ok && wanted.decision !== 'clear') return planned;
  return row.revision === wanted.revision ? ok(row) : refuse('revision_changed', { revision: row.revision });
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
