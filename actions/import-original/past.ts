import { maxNoteLength } from '#domain/moderation.ts';
import type { PastMove } from '#sql/queries/take-over.ts';
import type { Original, OriginalAccount, OriginalState } from './original.ts';

type Logged = Original['log'][number];

/**
 * What happened to a submission before it was taken over, oldest move first, and where it stood at the end. The original
 * logged decisions alone: where the next line begins elsewhere than the last one ended, its owner had submitted it again,
 * or, where it does not begin as pending, a decision is missing. Its owner could also submit again what had been
 * removed; unless a moderator then decided anew, it stays removed.
 */
export function pastOf(original: Original): { moves: PastMove[]; state: OriginalState } {
  const { submitter, log } = original;
  const moves: PastMove[] = [
    { move: 'submit', at: original.createdAt, by: submitter.githubId, from: null, to: 'pending', ...unsaid },
  ];
  let state: OriginalState = 'pending';
  for (const line of log) {
    if (line.from !== state) {
      moves.push(between(state, line.from, { at: line.at, by: null, reason: null }, submitter));
    }
    moves.push(decision(line));
    state = line.to;
  }
  const resubmittedAfterRemoval = state === 'removed' && original.state === 'pending';
  if (state !== original.state && !resubmittedAfterRemoval) {
    moves.push(between(state, original.state, lastOf(original), submitter));
    state = original.state;
  }
  return { moves: inOrder(moves), state };
}

const unsaid = { reason: null, note: null } as const;

const decisionMoves = {
  pending: 'reopen',
  approved: 'approve',
  rejected: 'reject',
  removed: 'remove',
} as const satisfies Record<OriginalState, PastMove['move']>;

function decision({ from, to, at, by, reason }: Logged): PastMove {
  const coded = to === 'rejected' || to === 'removed';
  const note = Array.from(reason?.trim() ?? '')
    .slice(0, maxNoteLength)
    .join('');
  return {
    move: decisionMoves[to],
    at,
    by: by?.githubId ?? null,
    from,
    to,
    reason: coded ? 'other' : null,
    note: note || null,
  };
}

/** What must have happened between two lines of the log, or after the last one. */
function between(
  from: OriginalState,
  to: OriginalState,
  known: Pick<Logged, 'at' | 'by' | 'reason'>,
  submitter: OriginalAccount,
): PastMove {
  if (to === 'pending') {
    return { move: 'resubmit', at: known.at, by: submitter.githubId, from, to, ...unsaid };
  }
  return decision({ ...known, from, to });
}

/** What a row itself says of what happened to it last. */
function lastOf({ state, lastModeratedAt, lastModeratedBy, moderationReason, updatedAt }: Original) {
  const at = state === 'pending' ? updatedAt : (lastModeratedAt ?? updatedAt);
  return { at, by: lastModeratedBy, reason: moderationReason };
}

/** A move is never earlier than the one it follows, whatever the clocks there said. */
function inOrder(moves: readonly PastMove[]): PastMove[] {
  let last = new Date(0);
  return moves.map((move) => {
    if (move.at > last) last = move.at;
    return { ...move, at: last };
  });
}
