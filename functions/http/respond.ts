import { problemOf, problemType } from '#domain/problem.ts';
import type { RefusalDetails } from '#domain/refusal.ts';
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

/** A refusal for a program. */
export function problemResponse(refusal: Refusal): Response {
  const problem = problemOf(refusal, { requestId: currentAsked()?.requestId });
  const headers = refusalHeaders(problem.status, refusal.details);
  headers.set('content-type', problemType);
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** 303: the browser GETs that page of ours. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
