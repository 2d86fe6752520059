import type { Severity } from './hit.ts';

/** What a rule's pattern took: the value in question, and the whole match around it. */
export interface Candidate {
  value: string;
  match: RegExpExecArray;
}

/**
 * One kind of secret. A rule is tried only near its anchors, so an anchor must be part of everything it matches, or lie
 * within its reach.
 */
export interface Rule {
  detector: string;
  kind: string;
  /** Literal texts of at least 3 characters, looked for in any case. */
  anchors: readonly string[];
  /** Tried on the raw text where an anchor begins (sticky): whether a closer look is worth it. */
  near?: RegExp;
  /** Flags `dg`; the group `value`, else group 1, is the value. Linear: bounded repeats only. */
  pattern: RegExp;
  /** Characters of the text before and after an anchor that a match can need. */
  reach: { before: number; after: number };
  /** Higher is more specific: of two matches in one place it is kept. */
  rank: number;
  /** Null when the value is no secret after all. */
  judge(candidate: Candidate): Severity | null;
}
