import type { Manifest } from '#domain/snapshot.ts';
import { type Asked, notModified } from './not-modified.ts';

/**
 * Settles how a page made from published files answers, ahead of its body: `read` is what was read of them, null where
 * they cannot be read (503), and `found` is whether what was asked for is there (404). Gives the whole answer where the
 * visitor has the page already.
 */
export function settle(
  asked: Asked,
  read: { manifest: Manifest | null } | null,
  found: boolean,
): Response | null {
  if (found && read?.manifest) return notModified(asked, read.manifest);
  asked.response.status = read ? 404 : 503;
  if (!read) asked.response.headers.set('retry-after', '60');
  return null;
}
