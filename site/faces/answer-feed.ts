import { atomDocument } from '#domain/atom.ts';
import { faceHeaders } from '#domain/face-headers.ts';
import type { AgentId } from '#domain/transcript/agent.ts';
import { currentListing } from '../published/current-listing.ts';
import { feedLength, sessionFeed } from './feed.ts';
import { jsonFeedText } from './json-feed.ts';

/** The newest sessions of one agent, or all, as the feed that an address ends in: `.xml` is Atom, `.json` JSON Feed. */
export async function answerFeed(
  site: URL | undefined,
  path: string,
  agent: AgentId | null,
): Promise<Response> {
  if (site === undefined) throw new Error('the site has no address');
  const listing = await currentListing();
  const cards =
    agent === null
      ? await listing.cards(0, feedLength)
      : (await listing.cardsWith('agent', agent, 0, feedLength)).cards;
  const feed = sessionFeed({ site, agent, cards, generatedAt: listing.manifest?.generated_at ?? null });
  const text = path.endsWith('.xml') ? atomDocument(feed) : jsonFeedText(feed);
  return new Response(text, { headers: { ...faceHeaders(path) } });
}
