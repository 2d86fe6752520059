import type { Member } from '#domain/account-session.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import type { Move } from '#domain/submission.ts';
import type { Database } from '#sql/db.ts';
import { holdAccount } from '#sql/queries/accounts.ts';
import { type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';

/** Plans an owner's move of their own submission. Refuses with `not_found`, `not_owner` or `invalid_state`. */
export function planOwnMove(
  row: Submission | null,
  member: Member,
  move: Move,
  more: { changes?: Partial<Submission>; note?: string } = {},
): Result<MoveRecord> {
  if (!row) return refuse('not_found');
  if (row.ownerId !== member.githubId) return refuse('not_owner');
  const planned = planMove(move, row, more.changes);
  if (!planned.ok) return planned;
  return ok({ planned: planned.value, accountId: member.accountId, reason: null, note: more.note ?? null });
}

/**
 * Makes an owner's move while their account is held: who erases it meanwhile is waited for, in the order in which everybody
 * locks, and the move is then refused as not signed in.
 */
export function makeOwnMove(
  database: Database,
  member: Member,
  gistId: string,
  plan: (row: Submission | null) => Result<MoveRecord>,
): Promise<Result<Submission>> {
  return database.transaction(async (tx) =>
    (await holdAccount(tx, member.accountId)) ? moveSubmission(tx, gistId, plan) : refuse('not_signed_in'),
  );
}

/** What the owner's moves answer with. */
export function movedView({ gistId, state, revision }: Submission): Record<string, unknown> {
  return { gist_id: gistId, state, revision };
}
