/** `high` blocks a submission; `low` is personal data and doubts. */
export type Severity = 'high' | 'low';

/** A place in a file that should not be published, told without the value. */
export interface Hit {
  /** Stable id of the rule. */
  detector: string;
  /** What it is, in words for people. */
  kind: string;
  severity: Severity;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units of the raw line, where the match or the encoded run that holds it begins. */
  column: number;
  /** At most 4 leading characters and `…`. */
  masked: string;
}
