import type { Member } from '#domain/account-session.ts';
import { ok, type Refusal, refuse } from '#domain/result.ts';
import { currentAsked } from '#runtime/asked.ts';
import { logSurprise } from '#runtime/log.ts';
import type { Runtime } from '#runtime/runtime.ts';
import type { Counted } from '#sql/limiter.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';
import { readFields } from './body.ts';
import { countRequest, rateLimitHeaders, tooMany } from './count-request.ts';
import type { Asker, Endpoint, Outcome } from './endpoint.ts';
import { logDenial } from './log-denial.ts';
import { matchRoute, type Routes } from './match-route.ts';
import { sendNotice } from './notice.ts';
import { isSameOrigin } from './origin.ts';
import { refusalPage } from './refusal-page.ts';
import { problemResponse, replyResponse, seeOther, wantsPage } from './respond.ts';
import { readMember } from './session.ts';

/** Answers one request to the API. */
export async function dispatch(request: Request, routes: Routes, runtime: Runtime): Promise<Response> {
  const match = matchRoute(routes, new URL(request.url).pathname);
  const asked = currentAsked();
  // A page asks several, and is the one that answers.
  if (asked) asked.route ??= match?.route ?? 'none';
  if (!match) return refused(request, refuse('not_found'));
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const endpoint = match.endpoints.find((candidate) => candidate.method === method);
  if (!endpoint) {
    const allow = match.endpoints.map((candidate) => candidate.method).join(', ');
    return refused(request, refuse('method_not_allowed', { allow }));
  }
  if (method === 'POST' && !isSameOrigin(request.headers, runtime.siteUrl)) {
    const refusal = refuse('cross_site');
    logDenial(refusal, { ...match, method, member: null }, runtime);
    return refused(request, refusal);
  }
  const { route, params } = match;
  return answer({ request, endpoint, route, params, runtime });
}

/** A form has a page to go to where its endpoint names one; where there is none, as for one of an earlier version, this. */
function refused(request: Request, refusal: Refusal): Response {
  return request.method === 'POST' && wantsPage(request) ? refusalPage(refusal) : problemResponse(refusal);
}

/** A request, and the endpoint it is for. */
interface Routed {
  request: Request;
  endpoint: Endpoint;
  route: string;
  params: Record<string, string>;
  runtime: Runtime;
}

/** What comes to be known of a request while its endpoint runs. */
interface Known {
  values: Record<string, unknown>;
  member: Member | null;
  counted: Counted | null;
}

/** Runs the endpoint. Refusals become their status; surprises are logged here, once, and told without their cause. */
async function answer(routed: Routed): Promise<Response> {
  const { request, endpoint, route, params, runtime } = routed;
  const url = new URL(request.url);
  const known: Known = { values: {}, member: null, counted: null };
  const asker: Asker = {
    async member() {
      known.member = await readMember(request, runtime);
      return known.member;
    },
    async admit() {
      known.counted = await countRequest(endpoint, known.member, runtime);
      return known.counted === null || known.counted.allowed ? ok(null) : tooMany(known.counted);
    },
    async fields() {
      const isQuery = endpoint.method === 'GET';
      const read = isQuery ? ok(Object.fromEntries(url.searchParams)) : await readFields(request);
      if (read.ok) known.values = read.value;
      return read;
    },
  };
  const outcome = await endpoint
    .run({ request, url, params, runtime }, asker)
    .catch((error: unknown) => surprise(error, routed));
  const { member, counted, values } = known;
  if (!(outcome.result instanceof Response) && !outcome.result.ok) {
    logDenial(outcome.result, { method: endpoint.method, route, params, member }, runtime);
  }
  const response = respond(routed, outcome, textValues(values));
  if (counted) for (const [name, value] of rateLimitHeaders(counted)) response.headers.set(name, value);
  return response;
}

function surprise(error: unknown, { request, runtime }: Routed): Outcome {
  logSurprise(runtime.log, error, request);
  return { result: refuse(isDatabaseUnavailable(error) ? 'database_unavailable' : 'internal_error') };
}

function respond(routed: Routed, { result, notice }: Outcome, values: Record<string, string>): Response {
  const { request, endpoint, params, runtime } = routed;
  if (result instanceof Response) return result;
  if (!result.ok && endpoint.navigation !== null) {
    const { code, details } = result;
    return seeOther(endpoint.navigation, [sendNotice({ code, details, values: {} }, runtime)]);
  }
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
