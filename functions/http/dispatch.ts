import { ok, refuse } from '#domain/result.ts';
import { logSurprise } from '#runtime/log.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';
import { readFields } from './body.ts';
import type { Endpoint, Outcome, Visitor } from './endpoint.ts';
import { sendNotice } from './notice.ts';
import { isSameOrigin } from './origin.ts';
import { problemResponse, replyResponse, seeOther, surpriseResponse, wantsPage } from './respond.ts';
import { readMember } from './session.ts';

/** Path → endpoints, one a method. A part of a path in braces matches anything without a slash. */
export type Routes = Readonly<Record<string, readonly Endpoint[]>>;

/** Answers one request to the API. Refusals become their status; surprises are logged here, once, and become a 500. */
export async function dispatch(request: Request, routes: Routes, runtime: Runtime): Promise<Response> {
  const found = findRoute(routes, new URL(request.url).pathname);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const endpoint = found?.endpoints.find((candidate) => candidate.method === method);
  try {
    if (!found) return problemResponse(refuse('not_found'));
    if (endpoint) return await ask(endpoint, request, found.params, runtime);
    const allow = found.endpoints.map((candidate) => candidate.method).join(', ');
    return problemResponse(refuse('method_not_allowed', { allow }));
  } catch (error) {
    logSurprise(runtime.log, error, request);
    const unavailable = isDatabaseUnavailable(error);
    if (endpoint?.navigation) {
      const code = unavailable ? 'database_unavailable' : 'sign_in_failed';
      return seeOther(endpoint.navigation, [sendNotice({ code, details: {}, values: {} }, runtime)]);
    }
    return unavailable ? problemResponse(refuse('database_unavailable')) : surpriseResponse();
  }
}

async function ask(
  endpoint: Endpoint,
  request: Request,
  params: Record<string, string>,
  runtime: Runtime,
): Promise<Response> {
  if (endpoint.method === 'POST' && !isSameOrigin(request.headers, runtime.siteUrl)) {
    return problemResponse(refuse('cross_site'));
  }
  const url = new URL(request.url);
  let values: Record<string, unknown> = {};
  const visitor: Visitor = {
    member: () => readMember(request, runtime),
    async fields() {
      const isQuery = endpoint.method === 'GET';
      const read = isQuery ? ok(Object.fromEntries(url.searchParams)) : await readFields(request);
      if (read.ok) values = read.value;
      return read;
    },
  };
  const outcome = await endpoint.run({ request, url, params, runtime }, visitor);
  return respond(request, endpoint, outcome, values, runtime);
}

function respond(
  request: Request,
  endpoint: Endpoint,
  { result, notice }: Outcome,
  values: Record<string, unknown>,
  runtime: Runtime,
): Response {
  if (result instanceof Response) return result;
  if (endpoint.form && wantsPage(request)) {
    const { done, refused } = endpoint.form;
    if (!result.ok) {
      const { code, details } = result;
      return seeOther(refused, [sendNotice({ code, details, values: textValues(values) }, runtime)]);
    }
    const said = notice ? [sendNotice({ code: notice, details: {}, values: {} }, runtime)] : [];
    return seeOther(done, [...(result.value.cookies ?? []), ...said]);
  }
  return result.ok ? replyResponse(result.value) : problemResponse(result);
}

const textValues = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

function findRoute(
  routes: Routes,
  pathname: string,
): { endpoints: readonly Endpoint[]; params: Record<string, string> } | null {
  const asked = pathname.replace(/\/$/, '').split('/');
  for (const [path, endpoints] of Object.entries(routes)) {
    const params = matchPath(path.split('/'), asked);
    if (params) return { endpoints, params };
  }
  return null;
}

function matchPath(parts: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (parts.length !== asked.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const given = asked[i] ?? '';
    if (part.startsWith('{') && given !== '') params[part.slice(1, -1)] = given;
    else if (part !== given) return null;
  }
  return params;
}
