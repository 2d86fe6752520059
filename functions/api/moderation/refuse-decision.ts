import { changedFiles, type FileChange } from '#domain/file-change.ts';
import type { GistFile } from '#domain/gist.ts';
import { isDecision } from '#domain/moderation.ts';
import type { Submission } from '#domain/move.ts';
import { changedWords, type Decided, decidedWords } from '#domain/refusal-words.ts';
import { type Refusal, refuse } from '#domain/result.ts';
import type { State } from '#domain/submission.ts';
import type { HistoryEntry } from '#sql/queries/history.ts';

/** A refusal by the table of moves, with who brought the row where it stands, where a moderator did. */
export function withWhoDecided(refusal: Refusal, row: Submission, history: readonly HistoryEntry[]): Refusal {
  const decided = lastDecision(row, history);
  if (!decided) return refusal;
  return {
    ...refusal,
    details: { ...refusal.details, decided: decidedWords(decided) },
    members: { decided },
  };
}

/** Refuses a decision about a row that stands elsewhere than where the moderator read it, though it could be made. */
export function refuseMoved(
  row: Submission,
  { read, to }: { read: State; to: string },
  history: readonly HistoryEntry[],
): Refusal {
  const because = `it was ${read} when you read it`;
  return withWhoDecided(refuse('invalid_state', { from: row.state, to, because }), row, history);
}

function lastDecision(row: Submission, history: readonly HistoryEntry[]): Decided | null {
  // What was logged after the row was read is told by the next plan.
  const last = history.findLast(({ move, seq }) => seq <= row.lastSeq && isDecision(move));
  if (!last || !isDecision(last.move) || last.toState !== row.state) return null;
  return { by: last.by?.login ?? null, decision: last.move, reason: last.reason, at: last.at };
}

/** Refuses a decision about another revision than the row's, with what changed since, where its files are known. */
export function refuseStale(row: Submission, read: string): Refusal {
  const files = filesAt(row, read);
  return refuseChanged(row.revision, files && changedFiles(files, row.files));
}

function filesAt(row: Submission, revision: string): readonly GistFile[] | null {
  if (revision === row.previousRevision) return row.previousFiles;
  return revision === row.approvedRevision ? row.approvedFiles : null;
}

/** Most changed files a refusal lists. */
const maxListed = 20;

/** Refuses with `revision_changed`; `changed` is null where nobody knows. */
export function refuseChanged(revision: string, changed: readonly FileChange[] | null): Refusal {
  if (!changed) return refuse('revision_changed', { revision });
  return {
    ...refuse('revision_changed', { revision, changed: changedWords(changed) }),
    members: { changed: changed.slice(0, maxListed) },
  };
}
