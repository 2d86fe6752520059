import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { findFeed } from '#sql/queries/feeds.ts';
import { endpoint } from '../../http/endpoint.ts';
import { feedAddress } from '../../http/feed-token.ts';

/** GET /api/submissions/feed: the address of the member's feed; null while there is none. */
export const showFeed = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({}),
  async answer({ member, runtime }) {
    const feedId = await findFeed(runtime.database, member.accountId);
    return ok({ status: 200, body: { feed_url: feedId && feedAddress(feedId, runtime) } });
  },
});
