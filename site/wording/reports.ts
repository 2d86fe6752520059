import type { ReportStanding } from '#domain/report.ts';

/** Where a report stands, to whoever filed it. */
export const reportWords: Record<ReportStanding, { word: string; meaning: string }> = {
  hidden: { word: 'Hidden', meaning: 'The session is hidden until a moderator has decided.' },
  waiting: { word: 'Waiting', meaning: 'A moderator has not decided yet.' },
  removed: { word: 'Taken out', meaning: 'A moderator took the session out of the index.' },
  kept: { word: 'Kept', meaning: 'A moderator looked at it, and the session stays.' },
  left: { word: 'Gone', meaning: 'Its owner took the session out of the index.' },
  closed: { word: 'Closed', meaning: 'A moderator has decided.' },
};
