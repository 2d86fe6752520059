import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { answerRequest } from './exchange.ts';
import { answerInstead, spoil } from './fault-answers.ts';
import { answerSwitches, switchesPath } from './fault-switches.ts';
import { type Answer, failure, noContent, notFound } from './http/answer.ts';
import type { NotedRequest, RequestNotes } from './request-notes.ts';
import { type Found, findRoute } from './routes.ts';
import type { World } from './world.ts';

/** Only loopback names: a page elsewhere must not reach the folder through a name of its own. */
const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

const preflight = (): Answer => {
  const answer = noContent();
  return {
    ...answer,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, If-None-Match, X-GitHub-Api-Version',
      'access-control-max-age': '86400',
    },
  };
};

/** The answer with the faults that are on, or what becomes of the connection instead. */
async function faultyAnswer(
  world: World,
  request: IncomingMessage,
  route: Found,
  query: URLSearchParams,
): Promise<Answer | 'hang' | 'reset'> {
  const faults = world.faults.of(route.group);
  const slow = faults.find(({ name }) => name === 'slow');
  if (slow) await delay(slow.value ?? 3000, undefined, { ref: false });
  for (const fault of faults) {
    if (fault.name === 'hang' || fault.name === 'reset') return fault.name;
    const instead = answerInstead(fault, route.group, world.now());
    if (instead) return instead;
  }
  const answer = await answerRequest(world, request, route, query);
  return faults.reduce((spoilt, fault) => spoil(spoilt, fault, route.group), answer);
}

async function send(answer: Answer, response: ServerResponse, cut: boolean): Promise<void> {
  const { status, headers, body } = answer;
  if (body instanceof Readable) {
    response.writeHead(status, headers);
    await pipeline(body, response);
    return;
  }
  const bytes = Buffer.from(body);
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, hasBody ? { ...headers, 'content-length': String(bytes.length) } : headers);
  if (cut) response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  else response.end(bytes);
}

/** What the list of requests shows: no query of a sign-in, which holds codes. */
function noted(request: IncomingMessage, path: string, status: number): NotedRequest {
  const scheme = request.headers.authorization?.split(' ')[0]?.toLowerCase();
  const authorization = scheme === undefined ? 'none' : scheme === 'basic' ? 'basic' : 'token';
  const shown = path.startsWith('/login/') ? path : (request.url ?? path);
  return { method: request.method ?? 'GET', path: shown, status, authorization };
}

/** Handles every request of one stand-in. Nothing it throws leaves it. */
export function createListener(world: World, notes: RequestNotes) {
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
    const method = request.method ?? 'GET';
    const note = (status: number) => notes.add(noted(request, path, status));
    const finish = async (answer: Answer, cut = false) => {
      note(answer.status);
      await send(answer, response, cut);
    };

    if (!loopbackHost.test(request.headers.host ?? '')) return finish(failure(421, 'Misdirected Request'));
    if (method === 'OPTIONS') return finish(preflight());
    if (path === switchesPath) return finish(await answerSwitches(world, request));

    const route = findRoute(method, path);
    if (!route) {
      world.log(`${method} ${path}: the stand-in has no such address`);
      return finish(notFound());
    }
    const answer = await faultyAnswer(world, request, route, new URLSearchParams(search));
    if (answer === 'hang') return note(0);
    if (answer === 'reset') {
      note(0);
      request.socket.destroy();
      return;
    }
    const isCut = world.faults.active('cut', route.group) !== undefined;
    await finish(answer, isCut && answer.status === 200);
  }

  return function listen(request: IncomingMessage, response: ServerResponse): void {
    respond(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      world.log(
        `${request.method} ${request.url?.split('?')[0]}: ${error instanceof Error ? error.stack : error}`,
      );
      if (response.headersSent) response.destroy();
      else send(failure(500, 'Server Error'), response, false).catch(() => response.destroy());
    });
  };
}
