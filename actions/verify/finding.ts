/**
 * What is not as it should be in a copy:
 *
 *   damaged     a file that has other bytes than the snapshot says, or cannot be read
 *   missing     a file or a whole gist that should be here, by the rest of the gist or by the status
 *   departed    something of a session that left the index
 *   superseded  something of a revision that is not the one listed
 *   unknown     something that belongs to nothing listed
 *   link        a link in the copy, which may lead anywhere and is not followed
 *   leftover    of a run that ended early, or is at work: nobody knows of whom
 */
export const findingKinds = [
  'damaged',
  'missing',
  'departed',
  'superseded',
  'unknown',
  'link',
  'leftover',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  finding: FindingKind;
  /** In the copy, with / between folders. */
  path: string;
  gist_id: string | null;
  /** What is wrong, where the kind does not say all. */
  why: string | null;
}

/** Takes what is found. */
export type Report = (finding: FindingKind, path: string, gistId: string | null, why?: string) => void;
