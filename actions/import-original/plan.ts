import { recordId } from '#domain/record-id.ts';
import { rowTitle } from '#domain/title.ts';
import type { Here, PastMove, TakenAccount, TakenRow } from '#sql/queries/take-over.ts';
import type { Original, OriginalState } from './original.ts';
import { pastOf } from './past.ts';

/** What is to be written of a submission of the original. */
export interface Takeover {
  row: TakenRow;
  /** Where it stood there. */
  state: OriginalState;
  /** Its moves there, those aside that were taken over before. */
  moves: readonly PastMove[];
  /** Who made them, and who owns it. */
  accounts: readonly TakenAccount[];
  /** Number of its last move here; null where it is not here yet. */
  lastSeq: number | null;
}

export type Plan =
  | { kind: 'new' | 'moved'; takeover: Takeover }
  /** It was taken over, and nothing happened to it there since. */
  | { kind: 'same' }
  /** Somebody here has moved it, or submitted it: it is no business of the original's any more. */
  | { kind: 'left'; removedThere: boolean };

/** What becomes of a submission, given where its gist stands here. */
export function planTakeover(original: Original, here: Here | undefined): Plan {
  const { moves, state } = pastOf(original);
  if (here === undefined) return { kind: 'new', takeover: takeover(original, state, moves, null) };
  if (!here.untouched) return { kind: 'left', removedThere: state === 'removed' && here.state !== 'removed' };
  const since = moves.slice(here.pastMoves);
  if (since.length === 0) return { kind: 'same' };
  return { kind: 'moved', takeover: takeover(original, state, since, here.lastSeq) };
}

function takeover(
  original: Original,
  state: OriginalState,
  moves: readonly PastMove[],
  lastSeq: number | null,
): Takeover {
  const { gistId, gistOwnerId, gistOwnerLogin, submitter, log, lastModeratedBy } = original;
  const known = [
    submitter,
    ...log.flatMap(({ by }) => by ?? []),
    ...(lastModeratedBy ? [lastModeratedBy] : []),
  ];
  const involved = new Set([gistOwnerId, ...moves.map(({ by }) => by)]);
  return {
    row: {
      gistId,
      recordId: recordId(gistId),
      ownerId: gistOwnerId,
      ownerLogin: gistOwnerLogin,
      // What the original has for an address may be anything.
      gistUrl: `https://gist.github.com/${gistOwnerLogin}/${gistId}`,
      title: rowTitle(original.gistDescription, []),
      revision: original.gistVersion,
      gistUpdatedAt: original.gistUpdatedAt,
      submittedAt: original.createdAt,
      verifiedAt: original.lastCheckedAt,
    },
    state,
    moves,
    accounts: known.filter(({ githubId }) => involved.has(githubId)),
    lastSeq,
  };
}
