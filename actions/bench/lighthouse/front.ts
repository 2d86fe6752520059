import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A page with what the peer shows of it, by path. */
export type Bare = ReadonlyMap<string, Buffer>;

/**
 * A server that stands before the site as Caddy does in production, and compresses what it answers; `bare` pages it has
 * itself. `target` is asked for at each request, as the site needs this server's address before it has one.
 */
export function openFront(target: () => string, bare: Bare): Server {
  return createServer((asked, response) => {
    const own = bare.get(asked.url ?? '');
    if (own) {
      const body = gzipSync(own);
      response.writeHead(200, { ...headersOf(body), 'content-type': 'text/html; charset=utf-8' }).end(body);
      return;
    }
    const { method, headers } = asked;
    const onward = request(new URL(asked.url ?? '/', target()), { method, headers }, async (answer) => {
      const body = await bytesOf(answer);
      const packed = gzipSync(body);
      const { 'transfer-encoding': _, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, { ...kept, ...headersOf(packed) }).end(packed);
    });
    onward.once('error', () => response.writeHead(502).end());
    asked.pipe(onward);
  });
}

function headersOf(body: Buffer) {
  return { 'content-encoding': 'gzip', 'content-length': body.length, vary: 'accept-encoding' };
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece);
  return Buffer.concat(pieces);
}
