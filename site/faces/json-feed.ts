import type { SessionFeed } from './feed.ts';

/** A feed as JSON Feed 1.1, the text of a document in UTF-8. https://www.jsonfeed.org/version/1.1/ */
export function jsonFeedText(feed: SessionFeed): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.alternate,
    feed_url: feed.selfJson,
    language: 'en',
    authors: [{ name: feed.author, url: new URL('/', feed.alternate).href }],
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.alternate,
      title: entry.title,
      content_html: entry.html,
      date_published: entry.updated.toISOString(),
      authors: [{ name: entry.author.name, url: entry.author.uri }],
      tags: entry.categories,
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
