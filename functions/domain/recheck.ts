import type { Gist } from './gist.ts';
import type { Submission } from './move.ts';

/** What a recheck compares a gist with. */
export type Standing = Pick<
  Submission,
  'state' | 'availability' | 'revision' | 'ownerId' | 'ownerLogin' | 'pushedAt' | 'lostAt'
>;

/** What the prefilter tells of a gist. */
interface Told {
  pushedAt: Date | null;
  public: boolean;
  fork: boolean;
  owner: { id: string; login: string } | null;
}

type Lost = 'missing' | 'secret' | 'owner_changed';

/** What a gist is, held against its row; `unknown`: GitHub did not say all of it, so nothing follows. */
export type Verdict =
  | { kind: 'same' | 'renamed' | 'edited' | 'fork' | 'unknown' }
  | { kind: 'lost'; availability: Lost };

/** What becomes of the row; `wait`: nothing but that somebody has looked. */
export type Step = 'verify' | 'rename' | 'edit' | 'lose' | 'give_up' | 'recover' | 'wait';

/** A gist that was missed twice, so many hours apart, is gone. */
const goneAfterHours = 24;
/** Another push may share the second of the last one, and GitHub's answers may be a minute old. */
const settledAfterMs = 5 * 60_000;
/** Losses that concern so many owners, and a larger share of those checked, are taken for GitHub's trouble, not theirs. */
const massOwners = 5;
const massPercent = 5;

/**
 * Is a gist as its row says, by what the prefilter tells of it? True where nothing was pushed since the revision was
 * read, and it is a public gist of the same owner by the same login.
 */
export function isUntouched(row: Standing, told: Told): boolean {
  return (
    row.availability === 'available' &&
    row.pushedAt !== null &&
    row.pushedAt.getTime() === told.pushedAt?.getTime() &&
    told.public &&
    !told.fork &&
    told.owner?.id === row.ownerId &&
    told.owner.login === row.ownerLogin
  );
}

/** Would a miss say nothing new of this row? Then a hint at one needs no proof. */
export function isStillMissed(row: Standing, now: Date): boolean {
  return (
    row.state === 'approved' && stepAfter(row, { kind: 'lost', availability: 'missing' }, now) === 'wait'
  );
}

/** Holds a gist as it was read against its row; null is a gist that GitHub does not have, or does not show to anybody. */
export function compareGist(row: Standing, gist: Gist | null): Verdict {
  if (gist === null) return { kind: 'lost', availability: 'missing' };
  // Nobody is told apart from nobody: whether the owner left or GitHub has trouble, only they know.
  if (gist.owner === null) return { kind: 'unknown' };
  if (gist.owner.id !== row.ownerId) return { kind: 'lost', availability: 'owner_changed' };
  if (!gist.public) return { kind: 'lost', availability: 'secret' };
  if (gist.revision !== row.revision) return { kind: 'edited' };
  if (gist.forkOf !== null) return { kind: 'fork' };
  return { kind: gist.owner.login === row.ownerLogin ? 'same' : 'renamed' };
}

/** What follows from a verdict. What waits for a moderator is not lost: they will read what there is. */
export function stepAfter(row: Standing, verdict: Exclude<Verdict, { kind: 'unknown' }>, now: Date): Step {
  const approved = row.state === 'approved';
  switch (verdict.kind) {
    case 'edited':
      return 'edit';
    case 'fork':
      return approved ? 'edit' : 'wait';
    case 'lost':
      if (!approved || row.availability === 'gone') return 'wait';
      if (row.availability === 'available') return 'lose';
      return isLongLost(row, now) ? 'give_up' : 'wait';
    default:
      if (approved && row.availability !== 'available') return 'recover';
      return approved && verdict.kind === 'renamed' ? 'rename' : 'verify';
  }
}

function isLongLost({ lostAt }: Standing, now: Date): boolean {
  return lostAt === null || now.getTime() - lostAt.getTime() >= goneAfterHours * 3_600_000;
}

/** The time of the last push, where nothing can hide behind it any more. */
export function settledPush(pushedAt: Date | null, now: Date): Date | null {
  return pushedAt !== null && now.getTime() - pushedAt.getTime() >= settledAfterMs ? pushedAt : null;
}

/** Is GitHub failing, by the rows it tells nothing of? A row or two are no outage; nothing but such, or as many as would be a mass loss, are. */
export function isOutage(failed: number, checked: number): boolean {
  return (failed > 0 && checked === 0) || isMassLoss(failed, failed + checked);
}

/** Are these too many losses at once to be true? Both are numbers of owners. */
export function isMassLoss(lost: number, checked: number): boolean {
  return lost >= massOwners && lost * 100 > checked * massPercent;
}
