import { ok, type Result, refuse } from './result.ts';

/** What a moderator can decide; each is the move of the same name in `submission.ts`. */
export const decisions = ['approve', 'reject', 'remove', 'reopen', 'clear'] as const;
export type Decision = (typeof decisions)[number];

export function isDecision(move: string): move is Decision {
  return decisions.some((decision) => decision === move);
}

/** Why a moderator rejects or removes, and what a reader reports; the words are what contributors read. */
export const reasons = {
  not_a_session: 'No coding-agent session in it',
  secret: 'Holds a secret, such as a key or password',
  personal_data: 'Holds personal data',
  licence: 'Licence or rights are doubtful',
  duplicate: 'Already in the index',
  spam: 'Spam',
  low_quality: 'Too little to learn from',
  other: 'Other; see the note',
} as const;
export type Reason = keyof typeof reasons;
export const reasonIds = Object.keys(reasons) as [Reason, ...Reason[]];

export function isReason(reason: string): reason is Reason {
  return Object.hasOwn(reasons, reason);
}

/** Longest note or appeal, in characters. */
export const maxNoteLength = 1000;

/** A reason as the dataset and the public log give it: never a hint at where a secret or a person can be found. */
export function publicReason(reason: string | null): string | null {
  return reason === 'secret' || reason === 'personal_data' ? 'policy' : reason;
}

export function needsReason(decision: Decision): boolean {
  return decision === 'reject' || decision === 'remove';
}

/**
 * May this moderator decide about this owner's gist? Nobody decides their own when there is another moderator
 * to do it (`own_submission`), nor about the answer to their own rejection or removal when there is another one besides the
 * owner (`own_decision`). All are GitHub ids; `rejectedBy` is who decided what the owner has answered, and null where no
 * answer waits.
 */
export function mayDecide(
  moderator: { githubId: string },
  submission: { ownerId: string | null; rejectedBy: string | null },
  moderatorIds: ReadonlySet<string>,
): Result<true> {
  const { ownerId, rejectedBy } = submission;
  if (moderator.githubId === ownerId && moderatorIds.size > 1) return refuse('own_submission');
  const leaveIt = moderator.githubId === rejectedBy && hasOtherModerator(moderator, submission, moderatorIds);
  return leaveIt ? refuse('own_decision') : ok(true);
}

/** Is there a moderator who could decide in this one's place, and is not the owner? */
export function hasOtherModerator(
  moderator: { githubId: string },
  { ownerId }: { ownerId: string | null },
  moderatorIds: ReadonlySet<string>,
): boolean {
  return [...moderatorIds].some((id) => id !== moderator.githubId && id !== ownerId);
}

/** A moderator who shows no sign of life for this time has closed the submission. */
export const readingSeconds = 60;
/** Most rows approved at once. */
export const bulkSize = 50;

/** A quarantine nobody decided ends by itself after this time. */
export const quarantineHours = 72;
/** Rows an account may put in quarantine in 24 hours; further reports open a case. */
export const quarantinesPerAccountAndDay = 3;
/** Share of the listed rows that may be put in quarantine in 24 hours by everybody together. */
export const quarantineShareOfIndex = 0.01;
