import type { APIContext, MiddlewareHandler, MiddlewareNext } from 'astro';
import { currentAsked } from '#runtime/asked.ts';
import { logSurprise } from '#runtime/log.ts';
import { currentRuntime, type Runtime } from '#runtime/runtime.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';
import { routes } from '../api/routes.ts';
import { dispatch } from './dispatch.ts';
import { takeNotice } from './notice.ts';
import { readMember } from './session.ts';
import { unlessOverloaded } from './unless-overloaded.ts';

/**
 * Pages, and what programs read in their place, made on request from published files alone. They are the same for
 * everybody: nobody is looked up for them, they need no database, and each says for itself how long it may be kept.
 */
const forEverybody: ReadonlySet<string> = new Set([
  '/sessions/[gist_id]',
  '/sessions/[gist_id].md',
  '/sessions/[gist_id]/card.png',
  '/api/v1/sessions/[gist_id].json',
  '/sessions/page/[page]',
  '/contributors/[owner_id]',
  '/contributors/[owner_id]/page/[page]',
  '/am-i-in-it',
]);

/** What stands before every page and endpoint that is made on request. */
export const onRequest: MiddlewareHandler = async (context, next) => {
  const runtime = currentRuntime();
  const answer = () => withLocals(context, next);
  return runtime ? unlessOverloaded(context.request, runtime, answer) : answer();
};

/** Gives pages what they may know: who is signed in, what to say once, and our own API in-process. */
async function withLocals(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const runtime = currentRuntime();
  const { locals, request } = context;
  const ofFiles = forEverybody.has(context.routePattern);
  locals.everybody = context.isPrerendered || ofFiles;
  locals.member = null;
  locals.notice = null;
  locals.standin = runtime?.standin ?? false;
  locals.call = () => Promise.reject(new Error('a page for everybody has nobody to ask for'));
  locals.report = (error) => {
    if (!runtime) throw error;
    reportOnce(runtime, error, request);
  };
  if (!runtime) return next();

  const asked = currentAsked();
  if (asked && !isApi(context.routePattern)) asked.route = 'page';
  const elsewhere = ownAddress(context.url, runtime);
  if (elsewhere && request.method === 'GET') return context.redirect(elsewhere, 302);
  if (ofFiles) return keptAsItSays(await next());
  if (context.isPrerendered || context.url.pathname.startsWith('/api/')) return next();

  locals.member = await readMemberOrNull(request, runtime);
  locals.call = (path, post) => dispatch(asVisitor(request, path, post), routes, runtime);
  const taken = takeNotice(request, runtime);
  locals.notice = taken?.notice ?? null;

  const response = await next();
  response.headers.set('cache-control', 'no-store');
  if (isForNow(response)) response.headers.set('retry-after', '30');
  if (taken) response.headers.append('set-cookie', taken.cookie);
  return response;
}

/** Our endpoints, but not what programs read in place of a page. */
const isApi = (routePattern: string): boolean => routePattern === '/api/[...path]';

/** A page that cannot be had now, which says so itself; programs that ask for pages look for when to come again. */
const isForNow = ({ status, headers }: Response): boolean =>
  (status === 503 || status === 429) && !headers.has('retry-after');

/** What does not say how long it may be kept is kept by nobody. */
function keptAsItSays(response: Response): Response {
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  if (isForNow(response)) response.headers.set('retry-after', '30');
  return response;
}

const reported = new Set<string>();
const mostReported = 100;

/** Files that cannot be read are met by every visitor, and told of once. */
function reportOnce(runtime: Runtime, error: unknown, request: Request): void {
  const told = String(error);
  if (reported.has(told) || reported.size >= mostReported) return;
  reported.add(told);
  logSurprise(runtime.log, error, request);
}

/** In development `localhost` is another origin than 127.0.0.1, with other cookies; there is one address only. */
function ownAddress(url: URL, runtime: Runtime): string | null {
  const own = new URL(runtime.siteUrl);
  return url.hostname === 'localhost' && own.hostname === '127.0.0.1'
    ? own.origin + url.pathname + url.search
    : null;
}

/** A page is shown without a member while the database is away; what it asks of the API says so. */
async function readMemberOrNull(request: Request, runtime: Runtime): Promise<App.Locals['member']> {
  try {
    return await readMember(request, runtime);
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    logSurprise(runtime.log, error, request);
    return null;
  }
}

/** A GET, or a POST of this JSON, as whoever asks for the page. */
function asVisitor(request: Request, path: string, post?: object): Request {
  const cookie = request.headers.get('cookie') ?? '';
  const headers = { cookie, accept: 'application/json' };
  const address = new URL(path, request.url);
  if (post === undefined) return new Request(address, { headers });
  const body = JSON.stringify(post);
  return new Request(address, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
}
