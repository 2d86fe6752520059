/** How long something is kept that nobody needs for good. */
interface Period {
  /** Days. */
  days: number;
  /** What it is, as the privacy page says it. */
  what: string;
  /** From when the days are counted. */
  since: string;
  /** What then becomes of it. */
  becomes: string;
}

/** What `npm run retention` forgets, and when. The privacy page shows this table. */
export const retention = {
  sign_in: { days: 1, what: 'A sign-in that was never finished', since: 'it expired', becomes: 'deleted' },
  session: { days: 1, what: 'When a session began and was last used', since: 'it ended', becomes: 'deleted' },
  rate_limit: {
    days: 1,
    what: 'How often an account asked in a minute, or an address, which is kept as a keyed hash alone',
    since: 'the minute ended',
    becomes: 'deleted',
  },
  reader: {
    days: 1,
    what: 'Which submission a moderator has open',
    since: 'the last sign of life',
    becomes: 'deleted',
  },
  escalation: {
    days: 30,
    what: 'What a moderator asked another one to look at, of a revision the gist has left',
    since: 'it was asked',
    becomes: 'deleted',
  },
  superseded_inspection: {
    days: 30,
    what: 'What was found in a revision that the gist has left',
    since: 'it was looked at',
    becomes: 'deleted',
  },
  inspection_out: {
    days: 90,
    what: 'What was found in a submission that is withdrawn or removed',
    since: 'it was taken out',
    becomes: 'deleted',
  },
  backup_run: { days: 90, what: 'Numbers of a backup', since: 'it was made', becomes: 'deleted' },
  left_report: {
    days: 180,
    what: 'A report of a session that its owner took out',
    since: 'it was sent',
    becomes: 'closed',
  },
  report: {
    days: 180,
    what: 'The words of a report, and who sent it',
    since: 'it was closed',
    becomes: 'deleted; the reason and the outcome stay, to be counted',
  },
  account: {
    days: 365,
    what: 'An account that has no session, no submission and no report, and made no move',
    since: 'it first signed in',
    becomes: 'deleted',
  },
  recheck_run: { days: 400, what: 'Numbers of a recheck', since: 'it began', becomes: 'deleted' },
  note: {
    days: 730,
    what: 'A moderator’s note, or an owner’s answer',
    since: 'it was written, but not while the decision it goes with stands',
    becomes: 'deleted',
  },
} as const satisfies Record<string, Period>;

export type Forgotten = keyof typeof retention;
export const everyForgotten = Object.keys(retention) as Forgotten[];

/** Days after which a backup of the database has expired; a rule of the bucket it lies in sees to that. */
export const backupDays = 28;
/**
 * Days that the server keeps its log, which names accounts by their internal key alone. They are more than a backup's, as
 * the log tells who was erased since it was made.
 */
export const logDays = 30;
