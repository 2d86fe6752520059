import { z } from 'zod';
import { reasonIds } from '#domain/moderation.ts';
import { planMove } from '#domain/move.ts';
import { ok, refuse } from '#domain/result.ts';
import { findSubmission, moveSubmission } from '#sql/queries/moves.ts';
import { mayQuarantine, recordReport } from '#sql/queries/reports.ts';
import { endpoint } from '../../http/endpoint.ts';
import { freeText } from '../../http/free-text.ts';

/**
 * POST /api/submissions/{gist_id}/report {reason, text}: a reader says what is wrong with a row. Within the daily
 * limits it goes into quarantine at once; beyond them the report waits as a case. One report a gist and account.
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
    return runtime.database.transaction(async (tx) => {
      const row = await findSubmission(tx, gistId);
      if (row === null) return refuse('not_found');
      const allowed = await mayQuarantine(tx, member.accountId);
      const filed = { ...input, gistId, accountId: member.accountId };
      const possible = allowed && planMove('quarantine', row).ok;
      const isFirst = await recordReport(tx, { ...filed, quarantined: possible });
      if (!isFirst || !possible) return ok({ status: 200, body: { gist_id: gistId, quarantined: false } });

      const moved = await moveSubmission(tx, gistId, (current) => {
        if (!current) return refuse('not_found');
        const planned = planMove('quarantine', current, { quarantinedAt: new Date() });
        if (!planned.ok) return planned;
        const { accountId } = member;
        return ok({ planned: planned.value, accountId, reason: input.reason, note: null });
      });
      return ok({ status: 200, body: { gist_id: gistId, quarantined: moved.ok } });
    });
  },
});
