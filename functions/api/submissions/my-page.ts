import { beginAt } from '../../http/page-cursor.ts';

interface Listed {
  gistId: string;
  submittedAt: Date;
}

/** The `after` with which the list of one's submissions begins at this one. */
export const listAt = (row: Listed): string => beginAt(row.submittedAt);

/** The page that shows this submission to its owner, at its card. */
export function minePath(row: Listed): string {
  return `/mine?after=${listAt(row)}#title-${row.gistId}`;
}
