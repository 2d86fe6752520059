import { ok } from '#domain/result.ts';
import { countQueue, listQueue, queuePlace } from '#sql/queries/queue.ts';
import { endpoint } from '../../http/endpoint.ts';
import { pageSize } from '../../http/page-cursor.ts';
import { caseViews } from './case-view.ts';
import { nextAfter, queueInput } from './queue-input.ts';

/**
 * GET /api/moderation/queue?after=&waiting=&agent=&flag=&sort=: what waits for a decision; everything, oldest first,
 * unless asked otherwise. `counts` are of the whole queue, whatever is asked for, and stop at 1000 each.
 */
export const queue = endpoint({
  method: 'GET',
  who: 'moderator',
  input: queueInput,
  async answer({ input, member, runtime }) {
    const { sort, after } = input;
    const filter = { ...input, ownerId: member.githubId };
    const found = await listQueue(runtime.database, filter, { sort, after, limit: pageSize + 1 });
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    const next = found.length > pageSize && last ? nextAfter(queuePlace(last, sort), input) : null;
    const counts = await countQueue(runtime.database);
    const items = await caseViews(runtime, page, member);
    return ok({ status: 200, body: { items, next, counts } });
  },
});
