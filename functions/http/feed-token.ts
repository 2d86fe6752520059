import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Runtime } from '#runtime/runtime.ts';

const form = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** With a space, which no JWT has: the key signs sessions, too. */
function signature(feedId: string, { sessionSecret }: Runtime): string {
  return createHmac('sha256', sessionSecret).update(`feed ${feedId}`).digest('base64url');
}

/** The address that opens the feed with this id to whoever has it. */
export function feedAddress(feedId: string, runtime: Runtime): string {
  return `${runtime.siteUrl}/api/feed?token=${feedId}.${signature(feedId, runtime)}`;
}

/** The id of the feed that a token of ours opens, or null. Says nothing about whether it was revoked. */
export function readFeedToken(token: string, runtime: Runtime): string | null {
  const [, feedId, signed] = form.exec(token) ?? [];
  if (feedId === undefined || signed === undefined) return null;
  // As text: base64url has several spellings of the same bytes.
  const same = timingSafeEqual(Buffer.from(signed), Buffer.from(signature(feedId, runtime)));
  return same ? feedId : null;
}
