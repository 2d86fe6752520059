import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf, problemType } from '#domain/problem.ts';
import type { Hearer } from './answer-each.ts';

/** By the parser's codes: https://nodejs.org/api/http.html#event-clienterror */
const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** Answers what is no request: not HTTP, headers without end, one that never comes to its end. */
export function answerMalformed(
  server: Server,
  headers: Readonly<Record<string, string>>,
  hearers: readonly Hearer[],
): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // In the middle of an answer, nothing that is written would be understood.
    if (!socket.writable || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    const status = statuses[error.code ?? ''] ?? 400;
    const requestId = randomUUID();
    const problem = problemOf({ code: 'bad_request', details: {} }, { requestId, status });
    const body = JSON.stringify(problem);
    const lines = Object.entries({
      ...headers,
      'x-request-id': requestId,
      'cache-control': 'no-store',
      'content-type': problemType,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${problem.title}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
    for (const hear of hearers) hear({ requestId, method: 'none', route: 'none', status, seconds: 0 });
  });
}
