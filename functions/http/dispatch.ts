import type { Member } from '#domain/account-session.ts';
import { describeRefusal } from '#domain/refusal.ts';
import { ok, type Refusal, refuse } from '#domain/result.ts';
import { logSurprise } from '#runtime/log.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';
import { readFields } from './body.ts';
import type { Asker, Endpoint, Outcome } from './endpoint.ts';
import { matchRoute, type Routes } from './match-route.ts';
import { sendNotice } from './notice.ts';
import { isSameOrigin } from './origin.ts';
import { problemResponse, replyResponse, seeOther, wantsPage } from './respond.ts';
import { readMember } from './session.ts';

/** Answers one request to the API. */
export async function dispatch(request: Request, routes: Routes, runtime: Runtime): Promise<Response> {
  const match = matchRoute(routes, new URL(request.url).pathname);
  if (!match) return problemResponse(refuse('not_found'));
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const endpoint = match.endpoints.find((candidate) => candidate.method === method);
  if (!endpoint) {
    const allow = match.endpoints.map((candidate) => candidate.method).join(', ');
    return problemResponse(refuse('method_not_allowed', { allow }));
  }
  if (method === 'POST' && !isSameOrigin(request.headers, runtime.siteUrl)) {
    const { pathname } = new URL(request.url);
    runtime.log.info({ code: 'cross_site', method, path: pathname }, 'refused');
    return problemResponse(refuse('cross_site'));
  }
  return answer({ request, endpoint, params: match.params, runtime });
}

interface Asked {
  request: Request;
  endpoint: Endpoint;
  params: Record<string, string>;
  runtime: Runtime;
}

/** Runs the endpoint. Refusals become their status; surprises are logged here, once, and told without their cause. */
async function answer(asked: Asked): Promise<Response> {
  const { request, endpoint, params, runtime } = asked;
  const url = new URL(request.url);
  let values: Record<string, unknown> = {};
  let member: Member | null = null;
  const asker: Asker = {
    async member() {
      member = await readMember(request, runtime);
      return member;
    },
    async fields() {
      const isQuery = endpoint.method === 'GET';
      const read = isQuery ? ok(Object.fromEntries(url.searchParams)) : await readFields(request);
      if (read.ok) values = read.value;
      return read;
    },
  };
  const outcome = await endpoint
    .run({ request, url, params, runtime }, asker)
    .catch((error: unknown) => surprise(error, asked));
  if (!(outcome.result instanceof Response) && !outcome.result.ok) logDenial(outcome.result, asked, member);
  return respond(asked, outcome, textValues(values));
}

function surprise(error: unknown, { request, endpoint, runtime }: Asked): Outcome {
  logSurprise(runtime.log, error, request);
  const refusal = refuse(isDatabaseUnavailable(error) ? 'database_unavailable' : 'internal_error');
  if (endpoint.navigation === null) return { result: refusal };
  return { result: seeOther(endpoint.navigation, [sendNotice({ ...refusal, values: {} }, runtime)]) };
}

/** Who was denied what, so that an operator sees somebody trying doors. */
function logDenial({ code, details }: Refusal, { request, runtime }: Asked, member: Member | null): void {
  const { status } = describeRefusal(code, details);
  if (status !== 401 && status !== 403) return;
  const { pathname } = new URL(request.url);
  const account = member?.accountId ?? null;
  runtime.log.info({ code, method: request.method, path: pathname, account_id: account }, 'refused');
}

function respond(asked: Asked, { result, notice }: Outcome, values: Record<string, string>): Response {
  const { request, endpoint, params, runtime } = asked;
  if (result instanceof Response) return result;
  if (!endpoint.form || !wantsPage(request)) {
    return result.ok ? replyResponse(result.value) : problemResponse(result);
  }
  const page = endpoint.form[result.ok ? 'done' : 'refused'];
  const address = typeof page === 'string' ? page : page({ params, values, runtime });
  if (!result.ok) {
    return seeOther(address, [sendNotice({ code: result.code, details: result.details, values }, runtime)]);
  }
  const said = notice ? [sendNotice({ ...notice, values: {} }, runtime)] : [];
  return seeOther(address, [...(result.value.cookies ?? []), ...said]);
}

const textValues = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
