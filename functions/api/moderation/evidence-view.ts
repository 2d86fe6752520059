import { type Flag, flags, flagsOf } from '#domain/flag.ts';
import type { License } from '#domain/license.ts';
import { isReaderMove } from '#domain/submission.ts';
import type { Contributor } from '#sql/queries/contributors.ts';
import type { Duplicate } from '#sql/queries/duplicates.ts';
import type { Escalation } from '#sql/queries/escalations.ts';
import type { HistoryEntry } from '#sql/queries/history.ts';
import type { Reader } from '#sql/queries/readers.ts';
import { historyView } from '../submission-view.ts';
import type { Evidence } from './evidence.ts';

/** What a row is marked with, in the order of `flags`. */
export function flagsView(
  { inspection, escalation, duplicates }: Evidence,
  { license, suspected, own }: { license: License | null; suspected: boolean; own: boolean },
): Flag[] {
  const raised = new Set<Flag>(inspection ? flagsOf(inspection.inspection, license) : []);
  if (suspected) raised.add('suspected');
  if (escalation) raised.add('escalated');
  if (duplicates.length > 0) raised.add('duplicate');
  if (own) raised.add('own');
  return flags.filter((flag) => raised.has(flag));
}

/** A history with who made each move, for moderators alone. Who reported is told to nobody. */
export function namedHistoryView(history: readonly HistoryEntry[]): Record<string, unknown>[] {
  return historyView(history).map((line, i) => ({ ...line, by: shownLogin(history[i]) }));
}

function shownLogin(entry: HistoryEntry | undefined): string | null {
  return entry?.by && !isReaderMove(entry.move) ? entry.by.login : null;
}

/** The rejection that a waiting answer answers. */
export function rejectionView(entry: HistoryEntry | null | undefined): Record<string, unknown> | null {
  return entry ? { by: entry.by?.login ?? null, at: entry.at, reason: entry.reason, note: entry.note } : null;
}

export function readersView(readers: readonly Reader[]): Record<string, unknown>[] {
  return readers.map(({ login, since }) => ({ login, since }));
}

export function escalationView(escalation: Escalation | undefined): Record<string, unknown> | null {
  return escalation ? { by: escalation.by, note: escalation.note, at: escalation.at } : null;
}

export function duplicatesView(duplicates: readonly Duplicate[]): Record<string, unknown>[] {
  return duplicates.map((duplicate) => ({
    gist_id: duplicate.gistId,
    title: duplicate.title,
    state: duplicate.state,
    owner_login: duplicate.ownerLogin,
    same: [
      ...(duplicate.sameSession ? ['session_id'] : []),
      ...(duplicate.sameContent ? ['content_key'] : []),
    ],
  }));
}

export function contributorView(contributor: Contributor | undefined): Record<string, unknown> | null {
  if (!contributor) return null;
  const { ownerId: _, ...counts } = contributor;
  return counts;
}
