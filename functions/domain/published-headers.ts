import { publishedType } from './published-type.ts';

/** A snapshot's own files never change, so copies of them may be kept for good; `latest/` is asked again each minute. */
const lasting = 'public, max-age=31536000, immutable';
const passing = 'public, max-age=60';

/** How a published file is to be served, by its key. */
export function publishedHeaders(key: string): { contentType: string; cacheControl: string } {
  return {
    contentType: publishedType(key),
    cacheControl: key.startsWith('snapshots/') ? lasting : passing,
  };
}
