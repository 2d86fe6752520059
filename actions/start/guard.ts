import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemOf, problemType } from '#domain/problem.ts';
import type { RefusalCode, RefusalDetails } from '#domain/refusal.ts';
import { currentAsked } from '#runtime/asked.ts';

/**
 * Answers what Node or the static handler would get wrong, and says whether it did: methods that a page or file does
 * not take, paths that cannot be decoded. Leading slashes are cut to one, because a redirect that repeats two leads to
 * another host.
 */
export function guard(request: IncomingMessage, response: ServerResponse): boolean {
  request.url = (request.url ?? '/').replace(/^[/\\]+/, '/');
  // What is below /api/v1/ is files.
  const isApi = /^\/api(?!\/v1\/)(?:[/?]|$)/.test(request.url);
  const method = request.method ?? '';
  const allow = isApi ? 'GET, POST' : 'GET';
  const taken = isApi ? !['TRACE', 'CONNECT'].includes(method) : ['GET', 'HEAD'].includes(method);
  if (!taken) return refused(response, 'method_not_allowed', { allow });
  if (!isDecodable(request.url)) {
    return refused(response, 'bad_request', { problem: 'The address is not properly encoded.' });
  }
  return false;
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function refused(response: ServerResponse, code: RefusalCode, details: RefusalDetails): true {
  const problem = problemOf({ code, details }, { requestId: currentAsked()?.requestId });
  if (details.allow !== undefined) response.setHeader('allow', details.allow);
  response.writeHead(problem.status, { 'cache-control': 'no-store', 'content-type': problemType });
  response.end(JSON.stringify(problem));
  return true;
}
