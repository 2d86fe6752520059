import { createHash } from 'node:crypto';
import { z } from 'zod';
import { atomDocument } from '#domain/atom.ts';
import { feedLength } from '#domain/news.ts';
import { newsFeed } from '#domain/news-feed.ts';
import { refuse } from '#domain/result.ts';
import { findFeedOwner } from '#sql/queries/feeds.ts';
import { listNews } from '#sql/queries/news.ts';
import { endpoint } from '../http/endpoint.ts';
import { readFeedToken } from '../http/feed-token.ts';
import { minePath } from './submissions/my-page.ts';

/**
 * GET /api/feed?token=: what others did with one contributor's gists, as Atom, the newest 50 moves. Every token that
 * opens nothing gets the same `not_found`.
 */
export const feed = endpoint({
  method: 'GET',
  who: 'anyone',
  input: z.object({ token: z.string().default('') }),
  async answer({ request, input, runtime }) {
    const feedId = readFeedToken(input.token, runtime);
    const owner = feedId && (await findFeedOwner(runtime.database, feedId));
    if (!owner) return refuse('not_found');
    const items = await listNews(runtime.database, owner.accountId, feedLength);
    const told = items.map((item) => ({ ...item, path: minePath(item) }));
    const text = atomDocument(newsFeed({ ...owner, siteUrl: runtime.siteUrl, items: told }));
    return feedResponse(request, text);
  },
});

/** The document, or 304 to a reader that has it. A reader keeps it for itself alone, and asks every time. */
function feedResponse(request: Request, text: string): Response {
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' };
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  // Weak comparison: a proxy that compresses weakens the tag.
  if (known.some((tag) => tag.replace(/^W\//, '') === etag))
    return new Response(null, { status: 304, headers });
  return new Response(text, {
    headers: { ...headers, 'content-type': 'application/atom+xml; charset=utf-8' },
  });
}
