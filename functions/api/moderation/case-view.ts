import type { Member } from '#domain/account-session.ts';
import { decisions, hasOtherModerator, mayDecide } from '#domain/moderation.ts';
import type { Submission } from '#domain/move.ts';
import { waitingAs } from '#domain/queue.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { contradictionsView, countsView, recognisedView } from '../inspection-view.ts';
import { allowedMoves, isSuspected, standingDecision, submissionView } from '../submission-view.ts';
import { decidable, waitingAnswer } from './answer.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import {
  contributorView,
  duplicatesView,
  escalationView,
  flagsView,
  namedHistoryView,
  readersView,
  rejectionView,
} from './evidence-view.ts';

/**
 * Submissions as a moderator gets them: with what was recognised and found in them, their history, the owner's answer
 * and record, what readers reported, and who else looks at them.
 */
export async function caseViews(
  { database, moderatorIds }: Runtime,
  rows: readonly Submission[],
  moderator: Member,
): Promise<Record<string, unknown>[]> {
  const evidence = await gatherEvidence(database, rows, moderator);
  return rows.map((row) => caseView(row, evidence(row), moderator, moderatorIds));
}

function caseView(
  row: Submission,
  evidence: Evidence,
  moderator: Member,
  moderatorIds: ReadonlySet<string>,
): Record<string, unknown> {
  const { history, reports } = evidence;
  const inspection = evidence.inspection?.inspection;
  const own = row.ownerId === moderator.githubId;
  const suspected = isSuspected(row, history);
  const may = mayDecide(moderator, decidable(row, history), moderatorIds);
  const answer = waitingAnswer(row, history);
  return {
    ...submissionView(row),
    ...recognisedView(inspection),
    user_messages: inspection?.derived.user_messages ?? null,
    assistant_messages: inspection?.derived.assistant_messages ?? null,
    tool_calls: inspection?.derived.tool_calls ?? null,
    waiting: waitingAs(row, reports.length),
    flags: flagsView(evidence, { license: row.license, suspected, own }),
    finding_counts: countsView(inspection),
    contradictions: contradictionsView(inspection, row.license),
    declaration_problem: inspection?.declaration_problem ?? null,
    suspected,
    ...standingDecision(row, history),
    owner_login: row.ownerLogin,
    owner_id: row.ownerId,
    own,
    contributor: contributorView(evidence.contributor),
    duplicates: duplicatesView(evidence.duplicates),
    readers: readersView(evidence.readers),
    escalated: escalationView(evidence.escalation),
    may_escalate: hasOtherModerator(moderator, row, moderatorIds),
    appeal: answer?.text ?? null,
    appeal_of: rejectionView(answer?.rejection),
    reports: reports.map(({ reason, text, at }) => ({ reason, text, at })),
    allowed: may.ok ? allowedDecisions(row, reports.length) : [],
    decided_by_you: !may.ok && may.code === 'own_decision',
    history: namedHistoryView(history),
  };
}

/** What the table of moves allows; and what readers reported can be cleared wherever the row stands. */
function allowedDecisions(row: Submission, openReports: number): string[] {
  const allowed: string[] = allowedMoves(row, decisions);
  return openReports > 0 && !allowed.includes('clear') ? [...allowed, 'clear'] : allowed;
}
