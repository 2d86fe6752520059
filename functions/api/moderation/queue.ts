import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { listInspections } from '#sql/queries/inspections.ts';
import { listQueue } from '#sql/queries/submissions.ts';
import { endpoint } from '../../http/endpoint.ts';
import { afterCursor, cutPage, pageSize } from '../../http/page-cursor.ts';
import { caseViews } from './case-view.ts';

/** GET /api/moderation/queue?after=: what waits for a decision, oldest first. */
export const queue = endpoint({
  method: 'GET',
  who: 'moderator',
  input: z.object({ after: afterCursor }),
  async answer({ input, member, runtime }) {
    const found = await listQueue(runtime.database, { after: input.after, limit: pageSize + 1 });
    const { page, next } = cutPage(found);
    const gistIds = page.map((row) => row.gistId);
    const inspections = await listInspections(runtime.database, gistIds);
    const items = await caseViews(runtime.database, page, member, runtime.moderatorIds, inspections);
    return ok({ status: 200, body: { items, next } });
  },
});
