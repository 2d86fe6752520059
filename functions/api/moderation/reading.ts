import { z } from 'zod';
import { ok, refuse } from '#domain/result.ts';
import { endReading, keepReading, listReaders } from '#sql/queries/readers.ts';
import { endpoint } from '../../http/endpoint.ts';
import { readersView } from './evidence-view.ts';

/**
 * POST /api/moderation/{gist_id}/reading {done}: this moderator has the submission open, until a minute has gone by
 * without another such request or one that says `done`. Answers who else has.
 */
export const reading = endpoint({
  method: 'POST',
  who: 'moderator',
  input: z.object({ done: z.boolean('it must be true or false').default(false) }),
  async answer({ params, input: { done }, member, runtime: { database } }) {
    const gistId = params.gist_id ?? '';
    if (done) await endReading(database, member.accountId, gistId);
    else if (!(await keepReading(database, member.accountId, gistId))) return refuse('not_found');
    const readers = await listReaders(database, [gistId], member.accountId);
    return ok({ status: 200, body: { readers: readersView(readers.get(gistId) ?? []) } });
  },
});
