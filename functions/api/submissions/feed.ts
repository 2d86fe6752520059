import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { setFeed } from '#sql/queries/feeds.ts';
import { endpoint } from '../../http/endpoint.ts';
import { feedAddress } from '../../http/feed-token.ts';

/** POST /api/submissions/feed {action: create | revoke}: gives the member's feed a new address, or none. The old one is dead. */
export const changeFeed = endpoint({
  method: 'POST',
  who: 'member',
  input: z.object({ action: z.enum(['create', 'revoke'], 'it must be create or revoke') }),
  form: {
    done: '/mine',
    refused: '/mine',
    notice: ({ action }) => (action === 'create' ? 'feed_made' : 'feed_revoked'),
  },
  async answer({ input, member, runtime }) {
    const feedId = input.action === 'create' ? randomUUID() : null;
    await setFeed(runtime.database, member.accountId, feedId);
    return ok({ status: 200, body: { feed_url: feedId && feedAddress(feedId, runtime) } });
  },
});
