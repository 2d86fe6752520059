import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { markSeen } from '#sql/queries/news.ts';
import { endpoint } from '../../http/endpoint.ts';

/** POST /api/submissions/seen {seq}: the member has seen the news up to that log number; what came after stays new. */
export const markNewsSeen = endpoint({
  method: 'POST',
  who: 'member',
  input: z.object({
    seq: z.number('it must be a log number').int().nonnegative().max(1e15),
  }),
  async answer({ input, member, runtime }) {
    const seen = await markSeen(runtime.database, member.accountId, input.seq);
    return ok({ status: 200, body: { seen } });
  },
});
