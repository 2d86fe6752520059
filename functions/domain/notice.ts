import type { RefusalDetails } from './refusal.ts';

/** What a page says once after a form was taken, or a sign-in did not work. */
const notices = {
  submitted: 'Submitted. A moderator will read this revision; you can follow it here.',
  withdrawn: 'Withdrawn. The next snapshot is without it.',
  appealed: 'Your answer was sent. A moderator will look at the submission again.',
  reported:
    'Thank you. The report was sent, and a moderator will look at it. What becomes of it is told under Your account.',
  approve: 'Approved. It is in the dataset from the next snapshot on.',
  reject: 'Rejected. The contributor sees the reason and your note.',
  remove: 'Removed. The next snapshot is without it.',
  reopen: 'Reopened. It is waiting for a decision again.',
  clear: 'Cleared. It stands where it was, and what readers reported is closed.',
  feed_made: 'The address of your feed is below, under “Hear of it”. One you had before is dead.',
  feed_revoked: 'Revoked. The address of your feed is dead.',
  escalated: 'Another moderator is asked to look at it. It waits where it was.',
  bulk: ({ approved, refused, why }: RefusalDetails) =>
    `${approved} approved, ${refused} refused.${why === undefined ? '' : ` The first refusal: ${why}`}`,
  session_ended: 'Ended. Whoever used it is signed out.',
  erased:
    'Your account is erased, and your submissions are out of the index. The next snapshot is without them and without your name.',
  signed_out: 'You are signed out.',
  sign_in_cancelled:
    'GitHub did not sign you in, because the request was cancelled there. Nothing was changed.',
  sign_in_expired:
    'This sign-in was started in another browser, used already, or took longer than ten minutes. Start again.',
  sign_in_failed: 'GitHub did not confirm who you are. Wait a minute and sign in again.',
} as const;

export type NoticeCode = keyof typeof notices;

/** A notice with the facts its sentence names. */
export interface ToldNotice {
  code: NoticeCode;
  details: RefusalDetails;
}

export function describeNotice(code: NoticeCode, details: RefusalDetails): string {
  const words = notices[code];
  return typeof words === 'string' ? words : words(details);
}

export function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(notices, code);
}
