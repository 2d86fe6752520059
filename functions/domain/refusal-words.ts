import type { FileChange } from './file-change.ts';
import { type Decision, isReason, reasons } from './moderation.ts';

/** What a moderator decided, and when. */
export interface Decided {
  /** Login; null when the account was erased. */
  by: string | null;
  decision: Decision;
  reason: string | null;
  at: Date;
}

const done: Readonly<Record<Decision, string>> = {
  approve: 'approved',
  reject: 'rejected',
  remove: 'removed',
  reopen: 'reopened',
  clear: 'cleared',
};

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** `ada rejected it on 3 March 2026 at 09:12 UTC: Spam`, words that stay true. */
export function decidedWords({ by, decision, reason, at }: Decided): string {
  const why = reason !== null && isReason(reason) ? `: ${reasons[reason]}` : '';
  return `${by ?? 'A moderator'} ${done[decision]} it on ${time.format(at)} UTC${why}`;
}

/** Enough names to know where to look. */
const named = 5;
const longestName = 60;

/** `session.jsonl was edited, notes.md was added and 3 more`. */
export function changedWords(changes: readonly FileChange[]): string {
  if (changes.length === 0) return 'no file is another';
  const words = changes.slice(0, named).map(({ name, change }) => `${cut(name)} was ${change}`);
  const more = changes.length - named;
  return more > 0 ? `${words.join(', ')} and ${more} more` : words.join(', ');
}

function cut(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName).toWellFormed()}…` : name;
}
