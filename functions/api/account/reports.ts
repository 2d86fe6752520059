import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { listFiledReports } from '#sql/queries/reports.ts';
import { endpoint } from '../../http/endpoint.ts';
import { pageSize } from '../../http/page-cursor.ts';

/** GET /api/account/reports: what the member reported and what became of it, the newest 50. */
export const listOwnReports = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({}),
  async answer({ member, runtime }) {
    const filed = await listFiledReports(runtime.database, member.accountId, pageSize);
    const items = filed.map(({ gistId, reason, text, at, closedAt, standing }) => ({
      gist_id: gistId,
      reason,
      text,
      at,
      closed_at: closedAt,
      standing,
    }));
    return ok({ status: 200, body: { items } });
  },
});
