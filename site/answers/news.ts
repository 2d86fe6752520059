import { z } from 'zod';
import { newsMoves } from '#domain/news.ts';

/** What others did with one of the visitor's gists, and the visitor has not seen yet. */
const newsItem = z.object({
  seq: z.number(),
  at: z.string(),
  move: z.enum(newsMoves),
  gist_id: z.string(),
  title: z.string(),
  /** Has the list of submissions begin at this gist. */
  after: z.string(),
});
export type NewsItem = z.infer<typeof newsItem>;

/** Oldest first; `more` came after these. */
export const myNews = z.object({ items: z.array(newsItem), more: z.boolean() });

export const newsSeen = z.object({ seen: z.number() });

/** Null while the visitor has no feed. */
export const myFeed = z.object({ feed_url: z.string().nullable() });
