import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Answered } from '#runtime/answered.ts';
import { type Asked, withAsked } from '#runtime/asked.ts';
import type { Proxies } from './client-address.ts';

/** Hears of every request that was answered. */
export type Hearer = (answered: Answered) => void;

/** Gives each request its id and the visitor's address, for as long as it is answered, and tells `hearers` how that went. */
export function answerEach(
  handler: RequestListener,
  proxies: Proxies,
  hearers: readonly Hearer[],
): RequestListener {
  return (request, response) => {
    const began = performance.now();
    const asked: Asked = {
      requestId: idOf(request, proxies),
      client: clientOf(request, proxies),
      route: null,
    };
    response.setHeader('x-request-id', asked.requestId);
    response.once('close', () => {
      const answered = {
        requestId: asked.requestId,
        method: request.method ?? '',
        route: asked.route ?? kindOf(response),
        status: response.writableFinished ? response.statusCode : gaveUp,
        seconds: (performance.now() - began) / 1000,
      };
      for (const hear of hearers) hear(answered);
    });
    return withAsked(asked, () => handler(request, response));
  };
}

/** The visitor left before the answer was there; the number is nginx's. */
const gaveUp = 499;

const uuid = z.uuid();

/** A trusted proxy's, so that its log and ours tell of the same request, or a new one. */
function idOf(request: IncomingMessage, proxies: Proxies): string {
  const given = proxies.isTrusted(request.socket.remoteAddress)
    ? uuid.safeParse(request.headers['x-request-id'])
    : null;
  return given?.success ? given.data.toLowerCase() : randomUUID();
}

function clientOf(request: IncomingMessage, proxies: Proxies): string | null {
  const forwarded = request.headers['x-forwarded-for'];
  return proxies.clientOf({
    peer: request.socket.remoteAddress,
    forwardedFor: Array.isArray(forwarded) ? forwarded.join() : forwarded,
  });
}

/** What nothing but the server of files answered. */
const kindOf = (response: ServerResponse): 'page' | 'file' =>
  String(response.getHeader('content-type') ?? '').startsWith('text/html') ? 'page' : 'file';
