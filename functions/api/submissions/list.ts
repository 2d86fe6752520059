import { z } from 'zod';
import type { Submission } from '#domain/move.ts';
import { ok } from '#domain/result.ts';
import { type HistoryEntry, listHistories } from '#sql/queries/history.ts';
import { listSubmissionsOf } from '#sql/queries/submissions.ts';
import { endpoint } from '../../http/endpoint.ts';
import { afterCursor, cutPage, pageSize } from '../../http/page-cursor.ts';
import { allowedMoves, historyView, standingDecision, submissionView } from '../submission-view.ts';
import { mayAppeal } from './appeal.ts';

/** GET /api/submissions?after=: the member's own submissions, newest first, each with its whole history. */
export const listMine = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({ after: afterCursor }),
  async answer({ input, member, runtime }) {
    const found = await listSubmissionsOf(runtime.database, member.accountId, {
      after: input.after,
      limit: pageSize + 1,
    });
    const { page, next } = cutPage(found);
    const histories = await listHistories(
      runtime.database,
      page.map((row) => row.gistId),
    );
    const items = page.map((row) => mineView(row, histories.get(row.gistId) ?? []));
    return ok({ status: 200, body: { items, next } });
  },
});

function mineView(row: Submission, history: readonly HistoryEntry[]): Record<string, unknown> {
  const allowed = allowedMoves(row, ['withdraw', 'resubmit', 'appeal']);
  return {
    ...submissionView(row),
    ...standingDecision(row, history),
    allowed: allowed.filter((move) => move !== 'appeal' || mayAppeal(row)),
    history: historyView(history),
  };
}
