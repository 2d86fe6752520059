import type { GistFile } from './gist.ts';
import type { License } from './license.ts';
import { ok, type Result, refuse } from './result.ts';
import {
  type Availability,
  type ChangeKind,
  datasetEffect,
  type Move,
  moves,
  moveTarget,
  moveTells,
  type Objection,
  type Presence,
  type State,
} from './submission.ts';

/** A gist in the index: one per gist id. */
export interface Submission {
  gistId: string;
  recordId: string;
  /** Whose it is, by our internal key, and by GitHub's number: null where that account was erased. */
  accountId: string;
  ownerId: string | null;
  ownerLogin: string;
  gistUrl: string;
  nodeId: string;
  title: string;
  files: GistFile[];
  totalBytes: number;
  revision: string;
  approvedRevision: string | null;
  /** The files of `approvedRevision`; null when they are not known. */
  approvedFiles: GistFile[] | null;
  /** The revision before this one, and its files; null before the first change. */
  previousRevision: string | null;
  previousFiles: GistFile[] | null;
  gistUpdatedAt: Date;
  /** Null, as is the version, until the owner of a row taken over from the earlier site has chosen one. */
  license: License | null;
  attestationVersion: string | null;
  state: State;
  availability: Availability;
  presence: Presence;
  quarantinedFrom: State | null;
  quarantinedAt: Date | null;
  appealedRevision: string | null;
  /** The owner's answer to the removal that stands; null where none was given. */
  objection: Objection | null;
  submittedAt: Date;
  approvedAt: Date | null;
  /** When the gist last was as the row says. */
  verifiedAt: Date;
  /** When GitHub said the gist was last pushed to, as of this revision; null when that is not known. */
  pushedAt: Date | null;
  /** When a recheck first missed the gist; null while it is available. */
  lostAt: Date | null;
  /** Log number of the row's last move; 0 before its first. */
  lastSeq: number;
}

/** Where the name of a file may not be shown any more, the files of earlier revisions may hold it too. */
export const earlierFilesForgotten = {
  approvedFiles: null,
  previousRevision: null,
  previousFiles: null,
} as const satisfies Partial<Submission>;

/** A move worked out, ready to be written if the row still stands as `before` says. */
export interface PlannedMove {
  move: Move;
  before: Submission;
  after: Submission;
  kind: ChangeKind | null;
}

/**
 * Works out a move: where it leads, and what the dataset makes of it. `changes` are the fields that move with it.
 * Refuses with `invalid_state` where the table of moves has no such edge.
 */
export function planMove(
  move: Move,
  before: Submission,
  changes: Partial<Submission> = {},
): Result<PlannedMove> {
  const target = moveTarget(move, before.state);
  const state = target === 'earlier' ? before.quarantinedFrom : target;
  if (state === null) return refuse('invalid_state', { from: before.state, to: goal(move) });
  const because = barredBecause(move, before);
  if (because !== null) return refuse('invalid_state', { from: before.state, to: goal(move), because });
  if (move === 'object' && before.objection !== null) {
    return refuse('invalid_state', {
      from: 'removed',
      to: 'pending',
      because: 'the removal’s one answer was given',
    });
  }
  // What is removed is removed again only to say that it stays so, whatever its owner has answered.
  if (move === 'remove' && before.state === 'removed' && before.objection !== 'open') {
    return refuse('invalid_state', { from: before.state, to: goal(move) });
  }

  const quarantined =
    state === 'quarantined'
      ? { quarantinedFrom: before.state }
      : { quarantinedFrom: null, quarantinedAt: null };
  const left =
    changes.revision === undefined || changes.revision === before.revision
      ? {}
      : { previousRevision: before.revision, previousFiles: before.files, pushedAt: null };
  const objection = objectionAfter(move, before);
  const after: Submission = { ...before, ...quarantined, ...left, objection, ...changes, state };
  const { presence, kind } = datasetEffect(before.presence, after, moveTells(move));
  const approvedFiles = after.approvedRevision === after.revision ? after.files : after.approvedFiles;
  return ok({ move, before, after: { ...after, approvedFiles, presence }, kind });
}

/** Was it taken over from the earlier site, and waits for its owner to confirm it and choose a licence? */
export function isUnattested({ state, license }: Pick<Submission, 'state' | 'license'>): boolean {
  return state === 'pending' && license === null;
}

/** Why a row whose state allows a move cannot make it all the same; null where it can. */
function barredBecause(move: Move, { license }: Pick<Submission, 'license'>): string | null {
  if (move === 'attest') return license === null ? null : 'its owner has confirmed it already';
  if (license !== null) return null;
  if (move === 'approve') return 'its owner has not confirmed it and chosen a licence yet';
  return move === 'appeal'
    ? 'that was decided on the earlier site: submit it again, and it is read anew'
    : null;
}

function objectionAfter(move: Move, { state, objection }: Submission): Objection | null {
  if (move === 'object') return 'open';
  if (move === 'reopen') return null;
  if (move === 'remove') return state === 'removed' ? 'settled' : null;
  return objection;
}

/** The state a move is after, for the sentence that refuses it. */
function goal(move: Move): string {
  const [state] = Object.values(moves[move].edges);
  return state === undefined || state === 'earlier' ? 'what it was before' : state;
}
