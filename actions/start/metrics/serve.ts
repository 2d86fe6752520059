import { createServer } from 'node:http';
import { listen } from '../../listen.ts';
import { contentType } from './exposition.ts';

const host = '127.0.0.1';

/**
 * Serves what `read` gives at http://127.0.0.1:`port`/metrics, and nothing else, to this machine alone. Returns what stops
 * it, and the port it listens on. Throws JobFailure where the port cannot be had.
 */
export async function serveMetrics(
  port: number,
  read: () => Promise<string>,
): Promise<{ port: number; stop(): void }> {
  const server = createServer((request, response) => {
    const named = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '';
    // A page of another site could have its name lead here.
    if (![host, 'localhost'].includes(named)) return void response.writeHead(403).end();
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    read().then(
      (text) =>
        response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await listen(server, port, host, '--metrics-port');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
