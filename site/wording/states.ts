import { quarantineHours } from '#domain/moderation.ts';
import { newsWords } from '#domain/news.ts';
import type { Availability, ChangeKind, Move, State } from '#domain/submission.ts';

/** What a state is called, and what it means to the owner. */
export const stateWords: Record<State, { word: string; meaning: string }> = {
  pending: { word: 'Pending', meaning: 'Waits for a moderator to read this revision. Not listed.' },
  approved: {
    word: 'Approved',
    meaning: 'A moderator has read exactly this revision. In the dataset from the next snapshot on.',
  },
  rejected: {
    word: 'Rejected',
    meaning: 'Not listed, for the reason given. Its owner can answer once, or submit a new revision.',
  },
  changed: {
    word: 'Changed',
    meaning:
      'Approved before; then its files were edited, or a later look found a secret in them. Suspended until a moderator has decided again.',
  },
  withdrawn: { word: 'Withdrawn', meaning: 'Taken back by its owner, who can submit it again.' },
  removed: {
    word: 'Removed',
    meaning:
      'Taken out by a moderator, for the reason given. Its owner can answer once; a moderator can reopen it.',
  },
  quarantined: {
    word: 'Quarantined',
    meaning: `Hidden after a credible report, for ${quarantineHours} hours at most, until a moderator decides.`,
  },
};

/** What the state of a row taken over from the earlier site means to its owner, before they have confirmed it. */
export const unattestedMeaning: Partial<Record<State, string>> = {
  pending: 'Taken over from the earlier site. Not listed, and not read here, until you have confirmed it.',
  rejected: 'Rejected on the earlier site. You can submit it again, and a moderator reads it as it is now.',
};

/** Is a gist in the index already, so that it cannot be submitted? It is followed under My submissions then. */
export function isStanding(state: State | null): state is State {
  return state !== null && state !== 'withdrawn' && state !== 'rejected';
}

/** What a line of a history says happened. */
export const moveWords: Record<Move, string> = {
  ...newsWords,
  submit: 'Submitted by its owner',
  resubmit: 'Submitted again by its owner',
  attest: 'Confirmed by its owner, who chose a licence',
  update: 'A later look found more to tell of it',
  appeal: 'Rejection answered by its owner',
  object: 'Removal answered by its owner',
  withdraw: 'Withdrawn by its owner',
  leave: 'Withdrawn with the account of its owner',
};

export function moveInSentence(move: Move): string {
  return moveWords[move].charAt(0).toLowerCase() + moveWords[move].slice(1);
}

/** How a row's presence in the dataset changed. */
export const changeWords: Record<ChangeKind, string> = {
  added: 'listed for the first time',
  updated: 'something other than its revision changed',
  suspended: 'out for now; may come back',
  withdrawn: 'taken back by its owner',
  removed: 'taken out by a moderator',
  gone: 'no longer a public gist of its owner',
  restored: 'listed again',
};

/** What the last recheck found, where it is not simply available. */
export const availabilityWords: Record<Exclude<Availability, 'available'>, string> = {
  missing: 'GitHub did not find the gist at the last recheck',
  secret: 'The gist was secret at the last recheck',
  owner_changed: 'The gist belonged to another account at the last recheck',
  gone: 'The gist stayed away for two rechecks',
};
