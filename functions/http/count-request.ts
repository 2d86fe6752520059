import type { Member } from '#domain/account-session.ts';
import type { LimitName } from '#domain/limits.ts';
import { type Refusal, refuse } from '#domain/result.ts';
import { currentAsked } from '#runtime/asked.ts';
import type { Runtime } from '#runtime/runtime.ts';
import type { Counted } from '#sql/limiter.ts';
import { clientKey } from './client-key.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * Counts a request to this endpoint: a member's write as theirs, everything else as its address's. Null where the address
 * says nothing about who asks; such requests are not counted.
 */
export async function countRequest(
  endpoint: Endpoint,
  member: Member | null,
  { limiter, sessionSecret }: Runtime,
): Promise<Counted | null> {
  const name = limitOf(endpoint, member);
  if (name === 'writes' && member) return limiter.count(name, member.accountId, endpoint.cost);
  const address = currentAsked()?.client ?? null;
  return address === null ? null : limiter.count(name, clientKey(address, sessionSecret), 1);
}

function limitOf(endpoint: Endpoint, member: Member | null): LimitName {
  // Addresses that a browser is sent to are those of signing in.
  if (endpoint.navigation !== null) return 'sign_in';
  if (endpoint.method === 'GET') return 'reads';
  return member ? 'writes' : 'anonymous_writes';
}

/** What a limit allows and what is left: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
export function rateLimitHeaders({ name, limit, remaining, seconds }: Counted): [string, string][] {
  return [
    ['ratelimit-policy', `"${name}";q=${limit.points};w=${limit.seconds}`],
    ['ratelimit', `"${name}";r=${remaining};t=${seconds}`],
  ];
}

export function tooMany({ limit, seconds }: Counted): Refusal {
  return refuse('too_many_requests', { limit: limit.points, window: limit.seconds, retry_after: seconds });
}
