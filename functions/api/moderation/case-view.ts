import type { Member } from '#domain/account-session.ts';
import { decisions, mayDecide } from '#domain/moderation.ts';
import type { Submission } from '#domain/move.ts';
import type { Database } from '#sql/db.ts';
import { type HistoryEntry, listHistories } from '#sql/queries/history.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';
import { listReports } from '#sql/queries/reports.ts';
import { contradictionsView, countsView, recognisedView } from '../inspection-view.ts';
import {
  allowedMoves,
  historyView,
  isSuspected,
  standingDecision,
  submissionView,
} from '../submission-view.ts';

/**
 * Submissions as a moderator gets them: with what was recognised and found in them, their history, the owner's answer,
 * and what readers reported. `inspections` by gist id.
 */
export async function caseViews(
  database: Database,
  rows: readonly Submission[],
  moderator: Member,
  moderatorIds: ReadonlySet<string>,
  inspections: ReadonlyMap<string, InspectionRecord>,
): Promise<Record<string, unknown>[]> {
  const gistIds = rows.map((row) => row.gistId);
  const histories = await listHistories(database, gistIds);
  const reports = await listReports(database, gistIds);
  return rows.map((row) => {
    const history = histories.get(row.gistId) ?? [];
    const open = reports.filter((report) => report.gistId === row.gistId);
    const inspection = inspections.get(row.gistId)?.inspection;
    const mayBeDecided = mayDecide(moderator, row, moderatorIds).ok;
    return {
      ...submissionView(row),
      ...recognisedView(inspection),
      finding_counts: countsView(inspection),
      contradictions: contradictionsView(inspection, row.license),
      declaration_problem: inspection?.declaration_problem ?? null,
      suspected: isSuspected(row, history),
      ...standingDecision(row, history),
      owner_login: row.ownerLogin,
      owner_id: row.ownerId,
      own: row.ownerId === moderator.githubId,
      appeal: pendingAppeal(row, history),
      reports: open.map(({ reason, text, at }) => ({ reason, text, at })),
      allowed: mayBeDecided ? allowedDecisions(row, open.length) : [],
      history: historyView(history),
    };
  });
}

/** What the table of moves allows; and what readers reported can be cleared wherever the row stands. */
function allowedDecisions(row: Submission, openReports: number): string[] {
  const allowed: string[] = allowedMoves(row, decisions);
  return openReports > 0 && !allowed.includes('clear') ? [...allowed, 'clear'] : allowed;
}

/** The owner's answer to the rejection of this revision, while it waits for a moderator. */
function pendingAppeal(row: Submission, history: readonly HistoryEntry[]): string | null {
  if (row.state !== 'pending' || row.appealedRevision !== row.revision) return null;
  return history.findLast((entry) => entry.move === 'appeal')?.note ?? null;
}
