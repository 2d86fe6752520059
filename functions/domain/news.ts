import type { Move } from './submission.ts';

/**
 * The moves an owner hears of, where somebody else or a job made them, and what they are called. `update` is none: it
 * changes nothing that anybody decided.
 */
export const newsWords = {
  import: 'Taken over from the earlier site',
  approve: 'Approved',
  reject: 'Rejected',
  remove: 'Removed',
  reopen: 'Reopened',
  quarantine: 'Quarantined after a report',
  clear: 'Quarantine cleared',
  lapse: 'Quarantine lapsed undecided',
  edit: 'Edit of the gist noticed',
  suspect: 'A later look found a secret in it',
  lose: 'No longer found as a public gist of its owner',
  give_up: 'Still not found as a public gist of its owner a day later',
  recover: 'Found again as it was',
} as const satisfies Partial<Record<Move, string>>;

export type NewsMove = keyof typeof newsWords;
export const newsMoves = Object.keys(newsWords) as [NewsMove, ...NewsMove[]];

export function isNewsMove(move: Move): move is NewsMove {
  return Object.hasOwn(newsWords, move);
}

/** What is new is counted up to this and no further, because every page asks. */
export const mostNewsCounted = 100;

/** The newest moves that a feed holds. */
export const feedLength = 50;
