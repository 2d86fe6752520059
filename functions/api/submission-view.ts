import type { GistFile } from '#domain/gist.ts';
import { isDecision } from '#domain/moderation.ts';
import { planMove, type Submission } from '#domain/move.ts';
import type { Move } from '#domain/submission.ts';
import type { HistoryEntry } from '#sql/queries/history.ts';

/** A submission as its owner and the moderators get it in JSON. */
export function submissionView(row: Submission): Record<string, unknown> {
  return {
    gist_id: row.gistId,
    gist_url: row.gistUrl,
    record_id: row.recordId,
    title: row.title,
    state: row.state,
    availability: row.availability,
    presence: row.presence,
    license: row.license,
    attestation_version: row.attestationVersion,
    revision: row.revision,
    approved_revision: row.approvedRevision,
    submitted_at: row.submittedAt,
    approved_at: row.approvedAt,
    total_bytes: row.totalBytes,
    files: filesView(row.files),
  };
}

export function filesView(files: readonly GistFile[]): Record<string, unknown>[] {
  return files.map((file) => ({
    name: file.name,
    bytes: file.bytes,
    git_blob_sha: file.gitBlobSha,
    raw_url: file.rawUrl,
  }));
}

/** A history as the owner gets it: what was decided, and not by whom. */
export function historyView(history: readonly HistoryEntry[]): Record<string, unknown>[] {
  return history.map((entry) => ({
    seq: entry.seq,
    at: entry.at,
    move: entry.move,
    from_state: entry.fromState,
    to_state: entry.toState,
    revision: entry.revision,
    reason: entry.reason,
    note: entry.note,
  }));
}

/** The reason and note of the decision that brought the submission where it stands, on the earlier site, too; nulls when none did. */
export function standingDecision(
  row: Submission,
  history: readonly HistoryEntry[],
): { reason: string | null; note: string | null } {
  const last = history.findLast(({ move }) => move !== 'import');
  const decided = last?.toState === row.state && isDecision(last.move);
  return decided ? { reason: last.reason, note: last.note } : { reason: null, note: null };
}

/** Was the row suspended because newer rules found a secret in it? */
export function isSuspected(row: Submission, history: readonly HistoryEntry[]): boolean {
  return row.state === 'changed' && history.at(-1)?.move === 'suspect';
}

/** Which of these moves the rules allow from where the row stands. */
export function allowedMoves(row: Submission, moves: readonly Move[]): Move[] {
  return moves.filter((move) => planMove(move, row).ok);
}
