import { isUnattested, type Submission } from './move.ts';

/**
 * Why a row waits; a row waits for one of them. What is `unattested` waits for its owner, and is no part of the queue
 * that moderators decide.
 */
export const waitings = ['new', 'changed', 'appealed', 'reported', 'unattested'] as const;
export type Waiting = (typeof waitings)[number];
/** What waits for a moderator. */
export const undecided = waitings.filter((waiting) => waiting !== 'unattested');

export const sorts = ['oldest', 'newest', 'largest', 'smallest'] as const;
export type Sort = (typeof sorts)[number];

/** Has the owner answered the removal, or the rejection of this revision, and does the answer wait for a moderator? */
export function answerWaits(
  row: Pick<Submission, 'state' | 'quarantinedFrom' | 'revision' | 'appealedRevision' | 'objection'>,
): boolean {
  if (row.objection === 'open') return true;
  const waits = row.state === 'pending' || row.quarantinedFrom === 'pending';
  return waits && row.appealedRevision === row.revision;
}

/** What a row waits for, given how many reports of it are open; null when it does not wait. */
export function waitingAs(
  row: Pick<
    Submission,
    'state' | 'quarantinedFrom' | 'revision' | 'appealedRevision' | 'objection' | 'license'
  >,
  openReports: number,
): Waiting | null {
  switch (row.state) {
    case 'quarantined':
      return 'reported';
    case 'approved':
      return openReports > 0 ? 'reported' : null;
    case 'changed':
      return openReports > 0 ? 'reported' : 'changed';
    case 'pending':
      if (openReports > 0) return 'reported';
      if (isUnattested(row)) return 'unattested';
      return answerWaits(row) ? 'appealed' : 'new';
    case 'removed':
      return answerWaits(row) ? 'appealed' : null;
    default:
      return null;
  }
}
