import { z } from 'zod';
import type { Submission } from '#domain/move.ts';
import { ok } from '#domain/result.ts';
import { type HistoryEntry, listHistories } from '#sql/queries/history.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';
import { listInspections } from '#sql/queries/inspections.ts';
import { listSubmissionsOf } from '#sql/queries/submissions.ts';
import { endpoint } from '../../http/endpoint.ts';
import { afterCursor, cutPage, pageSize } from '../../http/page-cursor.ts';
import { contradictionsView, findingsView, recognisedView } from '../inspection-view.ts';
import {
  allowedMoves,
  historyView,
  isSuspected,
  standingDecision,
  submissionView,
} from '../submission-view.ts';
import { mayAppeal } from './appeal.ts';

/**
 * GET /api/submissions?after=&unattested=: the member's own submissions, newest first, each with what was found in it and
 * its history; with `unattested=true`, only those taken over from the earlier site that the member has yet to confirm.
 */
export const listMine = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({
    after: afterCursor,
    unattested: z.enum(['true', 'false'], 'it must be true or false').default('false'),
  }),
  async answer({ input, member, runtime }) {
    const found = await listSubmissionsOf(runtime.database, member.accountId, {
      unattested: input.unattested === 'true',
      after: input.after,
      limit: pageSize + 1,
    });
    const { page, next } = cutPage(found);
    const gistIds = page.map((row) => row.gistId);
    const histories = await listHistories(runtime.database, gistIds);
    const inspections = await listInspections(runtime.database, gistIds);
    const items = page.map((row) =>
      mineView(row, histories.get(row.gistId) ?? [], inspections.get(row.gistId)),
    );
    return ok({ status: 200, body: { items, next } });
  },
});

function mineView(
  row: Submission,
  history: readonly HistoryEntry[],
  inspected: InspectionRecord | undefined,
): Record<string, unknown> {
  const allowed = allowedMoves(row, ['withdraw', 'resubmit', 'appeal', 'object', 'attest']);
  return {
    ...submissionView(row),
    ...recognisedView(inspected?.inspection),
    ...findingsView(inspected?.inspection),
    contradictions: contradictionsView(inspected?.inspection, row.license),
    suspected: isSuspected(row, history),
    ...standingDecision(row, history),
    allowed: allowed.filter((move) => move !== 'appeal' || mayAppeal(row)),
    history: historyView(history),
  };
}
