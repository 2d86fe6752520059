import { describeRefusal, type RefusalDetails } from '#domain/refusal.ts';
import type { Refusal } from '#domain/result.ts';
import { currentAsked } from '#runtime/asked.ts';
import type { Reply } from './endpoint.ts';

/** Browsers' form posts are answered with a page to go to; everything else with JSON. */
export function wantsPage(request: Request): boolean {
  const accept = request.headers.get('accept') ?? '';
  const json = (request.headers.get('content-type') ?? '').startsWith('application/json');
  return !json && accept.includes('text/html') && !accept.includes('application/json');
}

export function replyResponse(reply: Reply): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const cookie of reply.cookies ?? []) headers.append('set-cookie', cookie);
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers });
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(JSON.stringify(reply.body), { status: reply.status, headers });
}

/** What goes with a refusal, however it is told. */
export function refusalHeaders(status: number, details: RefusalDetails): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (status === 429 || status === 503) headers.set('retry-after', String(details.retry_after ?? 30));
  if (status === 405) headers.set('allow', String(details.allow));
  return headers;
}

/** A refusal as problem details: https://www.rfc-editor.org/rfc/rfc9457 */
export function problemResponse({ code, details, members }: Refusal): Response {
  const { status, sentence } = describeRefusal(code, details);
  const headers = refusalHeaders(status, details);
  headers.set('content-type', 'application/problem+json; charset=utf-8');
  const asked = currentAsked();
  const problem = {
    ...details,
    ...members,
    type: 'about:blank',
    title: titles[status],
    status,
    code,
    detail: sentence,
    ...(asked && { request_id: asked.requestId }),
  };
  return new Response(JSON.stringify(problem), { status, headers });
}

/** The phrases of https://www.iana.org/assignments/http-status-codes */
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** 303: the browser GETs that page of ours. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
