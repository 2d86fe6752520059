import type { Submission } from '#domain/move.ts';
import { answerWaits } from '#domain/queue.ts';
import type { HistoryEntry } from '#sql/queries/history.ts';

/** An owner's answer that waits for a moderator, and the rejection or removal it answers. */
export interface Answer {
  text: string | null;
  rejection: HistoryEntry | null;
}

/** The owner's answer to the removal, or to the rejection of this revision, while it waits; else null. */
export function waitingAnswer(row: Submission, history: readonly HistoryEntry[]): Answer | null {
  if (!answerWaits(row)) return null;
  const [answers, answered] = row.state === 'removed' ? ['object', 'remove'] : ['appeal', 'reject'];
  const place = history.findLastIndex(({ move }) => move === answers);
  const rejection = history.slice(0, Math.max(place, 0)).findLast(({ move }) => move === answered);
  return { text: history[place]?.note ?? null, rejection: rejection ?? null };
}

/** Whom and what `mayDecide` asks about. */
export function decidable(
  row: Submission,
  history: readonly HistoryEntry[],
): { ownerId: string | null; rejectedBy: string | null } {
  const rejection = waitingAnswer(row, history)?.rejection;
  return { ownerId: row.ownerId, rejectedBy: rejection?.by?.githubId ?? null };
}
