import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { ListedFile } from '../../copy/listed-row.ts';
import type { Part } from '../store/store.ts';
import type { Limits } from './limits.ts';
import type { RawHost } from './raw-address.ts';
import { type Answer, readAnswer, type Taker } from './raw-answer.ts';

export interface RawClient {
  /** Asks for a file once, and writes it to a part as it comes. */
  ask(path: string, file: ListedFile, part: Part): Promise<Answer>;
  /** Bytes that came, as they came. */
  readonly received: number;
  readonly requests: number;
  /** Lets go of every request and connection. */
  close(): void;
}

/** What a host says beside an error is read to its end, so that the connection stays. */
const fewBytes = 16 * 1024;

const headers = { 'accept-encoding': 'gzip', 'user-agent': 'openagentsessions' };
const left = new Error('Nobody waits for the answer any more.');

/** A request on its way; times in milliseconds. */
interface Asking {
  started: number;
  /** When the last of the answer came; null before it began. */
  heard: number | null;
  received: number;
  end(answer: Answer): void;
}

/**
 * A client of the raw host: at most so many connections, which stay; no redirects, no more bytes than a file has, no answer
 * that drips.
 */
export function createRawClient(
  host: RawHost,
  connections: number,
  limits: Limits,
  now: () => number,
): RawClient {
  const open = new Set<Asking>();
  // Its own limits of time are off: it has a timer for each request, and knows of no least rate.
  const pool = new Pool(host.origin, {
    connections,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: limits.idle,
  });
  let received = 0;
  let requests = 0;
  const lookForSlow = () => {
    for (const asking of open) {
      const why = tooSlow(asking, limits, now());
      if (why !== null) asking.end({ kind: 'trouble', why });
    }
  };
  // One timer for all: one for each request costs more than all else here.
  const watch = setInterval(lookForSlow, Math.max(10, limits.idle / 20));
  watch.unref();

  function ask(path: string, file: ListedFile, part: Part): Promise<Answer> {
    requests += 1;
    return new Promise((resolve, reject) => {
      let request: Dispatcher.DispatchController | null = null;
      let taker: Taker | null = null;
      let isShort = false;
      const leave = (how: () => void) => {
        if (!open.delete(asking)) return;
        part.discard();
        how();
        // What is left of an answer is not waited for, but a few words.
        if (!isShort) request?.abort(left);
      };
      const asking: Asking = {
        started: now(),
        heard: null,
        received: 0,
        end: (answer) => leave(() => resolve(answer)),
      };
      const reader = {
        isOpen: () => open.has(asking),
        end: asking.end,
        fail: (error: unknown) => leave(() => reject(error)),
        resume: () => request?.resume(),
      };
      open.add(asking);
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart(started) {
          request = started;
          if (!open.has(asking)) started.abort(left);
        },
        onResponseStart(_, status, found) {
          if (status < 200) return;
          asking.heard = now();
          const header = (name: string) => [found[name] ?? []].flat()[0];
          isShort = status !== 200 && Number(header('content-length') ?? Number.NaN) <= fewBytes;
          taker = readAnswer({ status, header }, file, part, reader);
        },
        onResponseData(given, piece) {
          asking.heard = now();
          asking.received += piece.length;
          received += piece.length;
          if (taker !== null && !taker.piece(piece)) given.pause();
        },
        onResponseEnd() {
          isShort = true;
          taker?.end();
        },
        onResponseError(_, error) {
          const why = asking.heard === null ? networkWords(error) : 'The file broke off.';
          asking.end({ kind: 'trouble', why });
        },
      };
      pool.dispatch({ path, method: 'GET', headers }, handler);
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
      for (const asking of [...open]) asking.end({ kind: 'trouble', why: 'The run ended.' });
      void pool.destroy();
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
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'The host does not answer.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The host’s name is not known.';
  if (code.startsWith('ERR_TLS') || code.includes('CERT')) return 'The host’s certificate does not hold.';
  return 'The connection broke.';
}
