import { z } from 'zod';
import { publicReason } from '#domain/moderation.ts';
import { ok } from '#domain/result.ts';
import { publicMove } from '#domain/submission.ts';
import { countRejections, listPublicLog } from '#sql/queries/public-log.ts';
import { countReports } from '#sql/queries/reports.ts';
import { endpoint } from '../http/endpoint.ts';
import { pageSize } from '../http/page-cursor.ts';

/**
 * GET /api/log?before=: decisions about rows that were listed, newest first, with coarse reasons; rejections as counts
 * by reason, reports by what became of them. Names nobody and holds no note.
 */
export const publicLog = endpoint({
  method: 'GET',
  who: 'anyone',
  input: z.object({
    before: z.coerce.number('it must be a log number').int().positive().max(1e15).optional(),
  }),
  async answer({ input, runtime }) {
    const entries = await listPublicLog(runtime.database, {
      before: input.before ?? null,
      limit: pageSize + 1,
    });
    const page = entries.slice(0, pageSize);
    const next = entries.length > pageSize ? (page.at(-1)?.seq ?? null) : null;
    const rejections: Record<string, number> = {};
    for (const [reason, count] of await countRejections(runtime.database)) {
      const shown = publicReason(reason) ?? reason;
      rejections[shown] = (rejections[shown] ?? 0) + count;
    }
    const items = page.map(({ seq, at, gistId, move, kind, reason }) => ({
      seq,
      at,
      gist_id: gistId,
      move: publicMove(move),
      kind,
      reason: publicReason(reason),
    }));
    const { received, quarantined, standing } = await countReports(runtime.database);
    return ok({
      status: 200,
      body: { items, rejections, reports: { received, quarantined, ...standing }, next },
    });
  },
});
