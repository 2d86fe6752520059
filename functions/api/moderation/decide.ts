import { z } from 'zod';
import type { Member } from '#domain/account-session.ts';
import { admitGist } from '#domain/gist.ts';
import { type GistMetadata, gistMetadata } from '#domain/gist-metadata.ts';
import { type Decision, decisions, mayDecide, needsReason, reasonIds } from '#domain/moderation.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import { readGist } from '#github/gists.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { findSubmission, type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';
import { endpoint } from '../../http/endpoint.ts';
import { freeText } from '../../http/free-text.ts';
import { gistOrRefusal } from '../github-refusal.ts';
import { movedView } from '../submissions/own.ts';

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
  form: { done: '/moderation', refused: '/moderation', notice: ({ decision }) => decision },
  async answer({ params, input: wanted, member, runtime }) {
    const gistId = params.gist_id ?? '';
    const row = await findSubmission(runtime.database, gistId);
    const standing = mayDecideNow(row, wanted, member, runtime);
    if (!standing.ok) return standing;

    // Read before listed: an approval is for what GitHub has at this moment, not for what it had at submission.
    const read = wanted.decision === 'approve' ? await reread(runtime, standing.value) : ok(null);
    if (!read.ok) return read;

    const moved = await moveSubmission(runtime.database, gistId, (current) => {
      const still = mayDecideNow(current, wanted, member, runtime);
      return still.ok ? planDecision(still.value, wanted, member, read.value) : still;
    });
    return moved.ok ? ok({ status: 200, body: movedView(moved.value) }) : moved;
  },
});

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
  if (!planned.ok) return planned;
  return row.revision === wanted.revision ? ok(row) : refuse('revision_changed', { revision: row.revision });
}

function planDecision(
  row: Submission,
  wanted: Wanted,
  member: Member,
  fresh: GistMetadata | null,
): Result<MoveRecord> {
  const changes = { ...fresh, ...approvalChanges(row, wanted.decision) };
  const planned = planMove(wanted.decision, row, changes);
  if (!planned.ok) return planned;
  const { reason = null, note } = wanted;
  return ok({ planned: planned.value, accountId: member.accountId, reason, note: note || null });
}

function approvalChanges(row: Submission, decision: Decision): Partial<Submission> {
  return decision === 'approve' ? { approvedRevision: row.revision, approvedAt: new Date() } : {};
}

/**
 * Reads the gist again before it is approved. Another head revision is refused with `revision_changed`, and the row
 * takes the new one; what makes the gist inadmissible is refused and changes nothing.
 */
async function reread(runtime: Runtime, row: Submission): Promise<Result<GistMetadata>> {
  const read = gistOrRefusal(await readGist(runtime.github, row.gistId));
  const gist = read.ok ? admitGist(read.value, row.ownerId) : read;
  if (!gist.ok) return gist;
  const fresh = gistMetadata(gist.value, gist.value.owner?.login ?? row.ownerLogin, new Date());
  if (fresh.revision === row.revision) return ok(fresh);

  await moveSubmission(runtime.database, row.gistId, (current) => {
    if (!current || current.revision === fresh.revision) return refuse('revision_changed');
    const planned = planMove('edit', current, fresh);
    return planned.ok ? ok({ planned: planned.value, accountId: null, reason: null, note: null }) : planned;
  });
  return refuse('revision_changed', { revision: fresh.revision });
}
