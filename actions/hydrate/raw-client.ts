import type { ListedFile } from '../copy/listed-row.ts';
import type { Limits } from './limits.ts';
import type { RawHost } from './raw-address.ts';
import { type Answer, readAnswer, type Taker } from './raw-answer.ts';
import { type Connection, openConnection } from './raw-connection.ts';
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

/** What a host says beside an error is read to its end, so that the connection stays. */
const fewBytes = 16 * 1024;

/** A request on its way; times in milliseconds. */
interface Asking {
  started: number;
  /** When the last of the answer came; null before it began. */
  heard: number | null;
  received: number;
  end(answer: Answer): void;
}

/**
 * A client of the raw host: connections that stay, no redirects, no more bytes than a file has, no answer that drips. As
 * many connections as files are asked for at once.
 */
export function createRawClient(host: RawHost, limits: Limits, now: () => number): RawClient {
  const open = new Set<Asking>();
  const connections = new Set<Connection>();
  const idle: Connection[] = [];
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

  function newConnection(): Connection {
    const connection = openConnection(host, {
      free: () => void idle.push(connection),
      gone() {
        connections.delete(connection);
        const place = idle.indexOf(connection);
        if (place !== -1) idle.splice(place, 1);
      },
    });
    connections.add(connection);
    return connection;
  }

  function ask(path: string, file: ListedFile, part: Part): Promise<Answer> {
    requests += 1;
    return new Promise((resolve, reject) => {
      const connection = idle.pop() ?? newConnection();
      let taker: Taker | null = null;
      const leave = (how: () => void) => {
        if (!open.delete(asking)) return;
        part.discard();
        how();
        // What is left of an answer is not waited for, but a few words.
        if (!isShort) connection.close();
      };
      let isShort = false;
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
        resume: () => connection.resume(),
      };
      open.add(asking);
      connection.ask(path, {
        head(head) {
          asking.heard = now();
          isShort =
            Number(head.headers.get('content-length') ?? Number.NaN) <= fewBytes && head.status !== 200;
          taker = readAnswer(head, file, part, reader);
        },
        piece(piece) {
          asking.heard = now();
          asking.received += piece.length;
          received += piece.length;
          return taker === null || taker.piece(piece);
        },
        end() {
          isShort = true;
          taker?.end();
        },
        broke(error) {
          const why = asking.heard === null ? networkWords(error) : 'The file broke off.';
          asking.end({ kind: 'trouble', why });
        },
      });
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
      for (const connection of connections) connection.close();
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

function networkWords(error: Error | null): string {
  const code = error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'The host takes no connection.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The host’s name is not known.';
  if (code.startsWith('ERR_TLS') || code.includes('CERT')) return 'The host’s certificate does not hold.';
  return 'The connection broke.';
}
