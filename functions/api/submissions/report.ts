import { z } from 'zod';
import { reasonIds } from '#domain/moderation.ts';
import { planMove } from '#domain/move.ts';
import { ok, refuse } from '#domain/result.ts';
import { holdAccount } from '#sql/queries/accounts.ts';
import { findSubmission, moveSubmission } from '#sql/queries/moves.ts';
import { hasReported, mayQuarantine, recordReport } from '#sql/queries/reports.ts';
import { endpoint } from '../../http/endpoint.ts';
import { freeText } from '../../http/free-text.ts';

/**
 * POST /api/submissions/{gist_id}/report {reason, text}: a reader says what is wrong with a row. Within the daily
 * limits a first report puts it into quarantine at once; otherwise the report waits for a moderator as a case.
 */
export const report = endpoint({
  method: 'POST',
  who: 'member',
  input: z.object({
    reason: z.enum(reasonIds, `it must be one of ${reasonIds.join(', ')}`),
    text: freeText,
    gist_id: z.string().max(64).optional(),
  }),
  form: { done: '/report', refused: '/report', notice: () => 'reported' },
  async answer({ params, input, member, runtime }) {
    const gistId = params.gist_id ?? '';
    const { accountId } = member;
    return runtime.database.transaction(async (tx) => {
      if (!(await holdAccount(tx, accountId))) return refuse('not_signed_in');
      const reported = await findSubmission(tx, gistId);
      // Where the owner erased their account nothing is left to report.
      if (!reported || reported.ownerId === null) return refuse('not_found');
      const mayStart = (await mayQuarantine(tx, accountId)) && !(await hasReported(tx, gistId, accountId));
      const moved = await moveSubmission(tx, gistId, (row) => {
        if (!row) return refuse('not_found');
        const planned = planMove('quarantine', row, { quarantinedAt: new Date() });
        // Owners need no quarantine: they can withdraw.
        if (!mayStart || row.ownerId === member.githubId || !planned.ok) return refuse('invalid_state');
        return ok({ planned: planned.value, accountId, reason: input.reason, note: null });
      });
      await recordReport(tx, { ...input, gistId, accountId, quarantined: moved.ok });
      return ok({ status: 200, body: { gist_id: gistId, quarantined: moved.ok } });
    });
  },
});
