import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
  request as send,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { listen } from '../listen.ts';
import type { Kind } from './kinds.ts';

/** TLS before the site, as the scanner wants it: a host of its own, on the ports that browsers take. */
export interface Front {
  /** From now on the scan finds this kind. */
  show(kind: Kind): void;
  /** What the site answered to it, last time. */
  status(): number | null;
  close(): Promise<void>;
}

interface Served {
  host: string;
  /** Port of the site on 127.0.0.1. */
  port: number;
  certificate: { key: Buffer; cert: Buffer };
  /** Does something while the site is as this kind wants it. */
  during<T>(kind: Kind, work: () => Promise<T>): Promise<T>;
}

/**
 * Serves the site at https://<host>/. Its first page sends on, with the cookie of somebody who begins to sign in, to the
 * kind that is shown: the scanner counts cookies, and of ours each is made for one visitor. The scanner takes no other
 * status than 200, 301 to 308, 401 and 403, and follows redirects; so it is told 200, and no `location`.
 */
export async function startFront({ host, port, certificate, during }: Served): Promise<Front> {
  let shown: Kind | null = null;
  let status: number | null = null;
  const ask = async (path: string, method = 'GET', accept = '*/*') => {
    const asked = send({ host: '127.0.0.1', port, path, method, headers: { ...forwarded, accept } });
    asked.end();
    const [answer]: IncomingMessage[] = await once(asked, 'response');
    if (!answer) throw new Error('the site answered nothing');
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) };
  };
  const scanned = '/scanned';
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '/', method, headers } = request;
    if (url === '/') {
      const signIn = await ask('/api/auth/signin');
      response.writeHead(303, { ...plain(signIn.headers), location: scanned }).end();
    } else if (url === scanned && shown && method === 'GET') {
      const { path, method: by } = shown;
      const answer = await during(shown, () => ask(path, by, headers.accept));
      status = answer.status;
      response.writeHead(200, plain(answer.headers)).end(answer.body);
    } else {
      const answer = await ask(url === scanned ? (shown?.path ?? '/') : url, method, headers.accept);
      response.writeHead(answer.status, plain(answer.headers)).end(answer.body);
    }
  };
  // One after another: the scanner comes from two sides at once, and what is wrong with the site is wrong for all.
  let last = Promise.resolve();
  const secure = createSecureServer(certificate, (request, response) => {
    last = last.then(() => handle(request, response)).catch(() => void response.destroy());
  });
  const open = createServer((_, response) => {
    response.writeHead(301, { location: `https://${host}/` }).end();
  });
  await listen(secure, 443, host);
  await listen(open, 80, host);
  return {
    show(kind) {
      shown = kind;
      status = null;
    },
    status: () => status,
    async close() {
      for (const server of [secure, open]) {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      }
    },
  };
}

/** From a visitor of somewhere, so that limits apply. */
const forwarded = { 'x-forwarded-for': '192.0.2.1' };

/** Without what belongs to the connection, or would lead elsewhere. */
function plain({
  location: _l,
  connection: _c,
  'keep-alive': _k,
  'transfer-encoding': _t,
  ...headers
}: IncomingMessage['headers']): OutgoingHttpHeaders {
  return headers;
}
