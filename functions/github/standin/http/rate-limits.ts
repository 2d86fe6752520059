import { type Answer, failure, json } from './answer.ts';

/** GitHub counts REST and GraphQL apart. */
export type Resource = 'core' | 'graphql';

/** Requests an hour. */
export interface HourlyLimits {
  anonymous: number;
  authorized: number;
}

export const githubLimits: HourlyLimits = { anonymous: 60, authorized: 5000 };

/** Where one caller stands. `reset` is in epoch seconds. */
export interface Standing {
  limit: number;
  used: number;
  remaining: number;
  reset: number;
  resource: Resource;
}

const hour = 3_600_000;

/** Counts requests per caller and resource, in windows of an hour that begin with the first request. */
export function createRateLimits(limits: HourlyLimits, now: () => number) {
  const windows = new Map<string, { used: number; resetAt: number }>();

  function windowOf(caller: string, resource: Resource) {
    const key = `${resource} ${caller}`;
    const open = windows.get(key);
    if (open && now() < open.resetAt) return open;
    const fresh = { used: 0, resetAt: now() + hour };
    windows.set(key, fresh);
    return fresh;
  }

  function standing(caller: string, resource: Resource): Standing {
    const limit = caller === 'anonymous' ? limits.anonymous : limits.authorized;
    const { used, resetAt } = windowOf(caller, resource);
    const remaining = Math.max(0, limit - used);
    return { limit, used, remaining, reset: Math.ceil(resetAt / 1000), resource };
  }

  return {
    standing,
    count(caller: string, resource: Resource): void {
      windowOf(caller, resource).used += 1;
    },
  };
}

export type RateLimits = ReturnType<typeof createRateLimits>;

export function rateLimitHeaders(standing: Standing): Record<string, string> {
  return {
    'x-ratelimit-limit': String(standing.limit),
    'x-ratelimit-remaining': String(standing.remaining),
    'x-ratelimit-used': String(standing.used),
    'x-ratelimit-reset': String(standing.reset),
    'x-ratelimit-resource': standing.resource,
  };
}

/** What GitHub says to a caller who has used up the hour. GraphQL says it with status 200. */
export function overLimit(standing: Standing, caller: string): Answer {
  const message = `API rate limit exceeded for ${caller}.`;
  const isGraphql = standing.resource === 'graphql';
  const answer = isGraphql ? json({ errors: [{ type: 'RATE_LIMITED', message }] }) : failure(403, message);
  return { ...answer, headers: { ...answer.headers, ...rateLimitHeaders({ ...standing, remaining: 0 }) } };
}
