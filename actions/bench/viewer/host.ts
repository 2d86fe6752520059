import { once } from 'node:events';
import { createServer } from 'node:http';
import { listen } from '../../listen.ts';

/** What is sent of a file before the time is noted, in bytes. */
const beginning = 64 * 1024;

/** A server that stands where gists are, and says when a file began to arrive. */
export interface Host {
  origin: string;
  /** Serves a file at a path from now on. */
  put(path: string, type: string, body: Buffer): void;
  /** When the first 64 KB of this file had been handed to the browser's socket last; milliseconds since 1970. */
  beganAt(path: string): number;
  close(): Promise<void>;
}

/** Starts it on 127.0.0.1. Files are sent uncompressed and as fast as they are taken. */
export async function openHost(): Promise<Host> {
  const files = new Map<string, { type: string; body: Buffer }>();
  const began = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = files.get(path);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': file.type,
      'content-length': file.body.length,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    });
    response.write(file.body.subarray(0, beginning), () => {
      began.set(path, Date.now());
      response.end(file.body.subarray(beginning));
    });
  });
  await listen(server, 0, '127.0.0.1');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the host has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    put: (path, type, body) => files.set(path, { type, body }),
    beganAt: (path) => began.get(path) ?? Number.NaN,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
