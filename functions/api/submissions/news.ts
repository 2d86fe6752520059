import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { listUnseen } from '#sql/queries/news.ts';
import { endpoint } from '../../http/endpoint.ts';
import { pageSize } from '../../http/page-cursor.ts';
import { listAt } from './my-page.ts';

/**
 * GET /api/submissions/news: what others did with the member's gists and the member has not seen yet, oldest first, 50
 * at most. `after` has the list of submissions begin at the gist. Reading it marks nothing as seen.
 */
export const listMyNews = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({}),
  async answer({ member, runtime }) {
    const found = await listUnseen(runtime.database, member.accountId, pageSize + 1);
    const items = found.slice(0, pageSize).map((item) => ({
      seq: item.seq,
      at: item.at,
      move: item.move,
      gist_id: item.gistId,
      title: item.title,
      after: listAt(item),
    }));
    return ok({ status: 200, body: { items, more: found.length > pageSize } });
  },
});
