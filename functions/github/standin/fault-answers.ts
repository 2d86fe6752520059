import type { Fault, RouteGroup } from './faults.ts';
import { type Answer, badCredentials, failure, json, notFound, plainText } from './http/answer.ts';
import { overLimit } from './http/rate-limits.ts';

const page = (status: number, words: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="en"><title>${words}</title><h1>${words}</h1></html>`,
});

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function secondaryLimit(status: number, seconds: number): Answer {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return withHeaders(failure(status, message), { 'retry-after': String(seconds) });
}

/** The hour's limit as it is announced once used up: an hour to go. */
function rateLimited(group: RouteGroup, now: number): Answer {
  const resource = group === 'graphql' ? 'graphql' : 'core';
  const reset = Math.ceil(now / 1000) + 3600;
  return overLimit({ limit: 5000, used: 5000, remaining: 0, reset, resource }, 'this account');
}

/** The answer a fault gives in place of GitHub's, or undefined if it lets the request through. */
export function answerInstead(fault: Fault, group: RouteGroup, now: number): Answer | undefined {
  const answer = replacement(fault, group, now);
  return answer && withHeaders(answer, { 'access-control-allow-origin': '*' });
}

function replacement(fault: Fault, group: RouteGroup, now: number): Answer | undefined {
  const seconds = fault.value ?? 60;
  switch (fault.name) {
    case 'down':
      return failure(500, 'Server Error');
    case 'bad_gateway':
      return page(502, '502 Bad Gateway');
    case 'rate_limit':
      return rateLimited(group, now);
    case 'secondary_limit':
      return secondaryLimit(403, seconds);
    case 'secondary_limit_429':
      return secondaryLimit(429, seconds);
    case 'bad_credentials':
      return badCredentials();
    case 'empty':
      return plainText('');
    case 'nonsense':
      return page(200, 'Nothing to see here');
    case 'wrong_shape':
      return json({ id: 42, files: 'none', owner: [], items: { unexpected: true } });
    case 'missing_all':
      return group === 'gists' || group === 'raw' ? notFound() : undefined;
    case 'no_repository':
      return group === 'releases' ? notFound() : undefined;
    case 'raw_429':
      return group === 'raw'
        ? plainText('429: Too Many Requests', 429, { 'retry-after': String(seconds) })
        : undefined;
    default:
      return undefined;
  }
}

/** What a fault does to an answer that is ready to go. */
export function spoil(answer: Answer, fault: Fault, group: RouteGroup): Answer {
  if (fault.name === 'undelivered') return page(502, '502 Bad Gateway');
  if (answer.status !== 200 || !(typeof answer.body === 'string' || Buffer.isBuffer(answer.body))) {
    return answer;
  }
  const body = Buffer.from(answer.body);
  if (fault.name === 'partial') return { ...answer, body: body.subarray(0, Math.floor(body.length / 2)) };
  if (fault.name === 'raw_other_bytes' && group === 'raw') {
    return { ...answer, body: Buffer.concat([body, Buffer.from('\nnot what was asked for\n')]) };
  }
  return answer;
}
