import { z } from 'zod';

/** A request that did not bring what was asked for. `retryAfter` in seconds; `why` is safe to log. */
export type Failure =
  | { kind: 'missing' }
  | { kind: 'rate_limited'; retryAfter: number }
  | { kind: 'unavailable'; retryAfter: number; why?: string; refused?: Refused };

/** Our credentials are the reason: not known to GitHub, or of a kind that may not read gists. */
export type Refused = 'unknown' | 'installation';

const requestError = z.object({
  status: z.int(),
  response: z.object({ headers: z.record(z.string(), z.unknown()), data: z.unknown() }).optional(),
});
const blocked = z.object({ block: z.object({ reason: z.string().nullish() }) });

/**
 * Reads what Octokit threw. A 403 may be a rate limit, a block (then the gist is gone for everybody) or our own
 * credentials: the headers and body tell.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function readFailure(error: unknown): Failure {
  const parsed = requestError.safeParse(error);
  if (!parsed.success)
    return { kind: 'unavailable', retryAfter: 60, why: error instanceof Error ? error.name : 'unknown' };
  const { status, response } = parsed.data;
  if (status === 404 || status === 410 || status === 451) return { kind: 'missing' };
  if (status === 403 && blocked.safeParse(response?.data).success) return { kind: 'missing' };
  const headers = response?.headers ?? {};
  const limited =
    status === 429 || headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  if ((status === 403 || status === 429) && limited)
    return { kind: 'rate_limited', retryAfter: waitSeconds(headers) };
  const refused = whyRefused(status, response?.data);
  if (refused) return { kind: 'unavailable', retryAfter: 60, why: `status ${status}`, refused };
  return { kind: 'unavailable', retryAfter: 60, why: `status ${status}` };
}

const message = z.object({ message: z.string() });

/** GitHub Actions' own token is one of an installation: https://docs.github.com/en/rest/gists/gists */
export function whyRefused(status: number, data: unknown): Refused | null {
  if (status === 401) return 'unknown';
  const text = message.safeParse(data).data?.message ?? '';
  return status === 403 && text.includes('not accessible by integration') ? 'installation' : null;
}

/** GitHub's own advice, else a minute; at least 1 s, at most an hour. */
export function waitSeconds(headers: Record<string, unknown>): number {
  const after = Number(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset']) - Date.now() / 1000;
  const seconds = after > 0 ? after : headers['x-ratelimit-remaining'] === '0' && reset > 0 ? reset : 60;
  return Math.min(3600, Math.max(1, Math.ceil(seconds)));
}
