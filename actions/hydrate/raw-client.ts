import http from 'node:http';
import https from 'node:https';
import type { ListedFile } from '../copy/listed-row.ts';
import type { Limits } from './limits.ts';
import type { RawHost } from './raw-address.ts';
import { type Answer, type Reader, readAnswer } from './raw-answer.ts';
import type { Part } from './store.ts';

export interface RawClient {
  /** Asks for a file once, and writes it to a part as it comes. */
  ask(path: string, file: ListedFile, part: Part): Promise<Answer>;
  /** Bytes that came, as they came. */
  readonly received: number;
  readonly requests: number;
  /** Lets go of every request and connection. */
  close(): void;
}

/** A request on its way; times in milliseconds. */
interface Asking extends Reader {
  started: number;
  /** When the last of the answer came; null before it began. */
  heard: number | null;
  received: number;
}

/** A client of the raw host: connections that stay, no redirects, no more bytes than a file has, no answer that drips. */
export function createRawClient(
  host: RawHost,
  connections: number,
  limits: Limits,
  now: () => number,
): RawClient {
  const { Agent, request } = host.secure ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = host;
  const headers = { 'accept-encoding': 'gzip', 'user-agent': 'openagentsessions' };
  const open = new Set<Asking>();
  let received = 0;
  let requests = 0;
  const lookForSlow = () => {
    for (const asking of open) {
      const why = tooSlow(asking, limits, now());
      if (why !== null) asking.end({ kind: 'trouble', why }, false);
    }
  };
  // One timer for all: one for each request costs more than all else here.
  const watch = setInterval(lookForSlow, Math.max(10, limits.idle / 20));
  watch.unref();

  function ask(path: string, file: ListedFile, part: Part): Promise<Answer> {
    requests += 1;
    return new Promise((resolve, reject) => {
      const asked = request({ agent, hostname, port, path, headers });
      const leave = () => {
        part.discard();
        asked.destroy();
      };
      const asking: Asking = {
        started: now(),
        heard: null,
        received: 0,
        got(bytes) {
          asking.heard = now();
          asking.received += bytes;
          received += bytes;
        },
        end(answer, read) {
          if (!open.delete(asking)) return;
          if (answer.kind !== 'whole') part.discard();
          // What is left of an answer is not waited for.
          if (!read) asked.destroy();
          resolve(answer);
        },
        fail(error) {
          if (!open.delete(asking)) return;
          leave();
          reject(error);
        },
      };
      open.add(asking);
      asked.on('error', (error) => asking.end({ kind: 'trouble', why: networkWords(error) }, false));
      asked.on('response', (response) => {
        asking.got(0);
        readAnswer(response, file, part, asking);
      });
      asked.end();
    });
  }

  return {
    ask,
    get received() {
      return received;
    },
    get requests() {
      return requests;
    },
    close() {
      clearInterval(watch);
      for (const asking of [...open]) asking.end({ kind: 'trouble', why: 'The run ended.' }, false);
      agent.destroy();
    },
  };
}

function tooSlow({ started, heard, received }: Asking, limits: Limits, now: number): string | null {
  const spent = now - started;
  if (heard === null) return spent > limits.idle ? 'The host does not answer.' : null;
  if (now - heard > limits.idle) return 'The file stopped coming.';
  const isSlow = spent > limits.grace && (received * 1000) / spent < limits.leastRate;
  return isSlow ? 'The file comes too slowly.' : null;
}

function networkWords(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'The host takes no connection.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The host’s name is not known.';
  if (code.startsWith('ERR_TLS') || code.includes('CERT')) return 'The host’s certificate does not hold.';
  return 'The connection broke.';
}
