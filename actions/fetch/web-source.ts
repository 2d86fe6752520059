import { JobFailure } from '../failure.ts';
import { followed } from './redirects.ts';
import type { Source, SourceOptions } from './source.ts';
import { SourceFailure } from './source-failure.ts';

/** Less than this in all the time that patience lasts is no use: it would never end. */
const leastBytes = 32 * 1024;

/** Snapshots under an address of http or https. */
export function webSource(place: string, { patience = 30_000, signal }: SourceOptions): Source {
  checkAddress(place);
  return {
    place,
    async read(key, from) {
      const address = `${place}/${key}`;
      const clock = patienceOf(address, patience, signal);
      // Bytes are asked for as they are: only so can a file be gone on with, and be no larger than what is sent.
      const headers = {
        'accept-encoding': 'identity',
        ...(from > 0 && { range: `bytes=${from}-` }),
      };
      try {
        const answer = await clock.wait(() => followed(address, { headers, signal: clock.signal }));
        return await bodyOf(answer, address, from, clock);
      } catch (error) {
        clock.end();
        throw told(place, error, signal);
      }
    },
  };

  async function bodyOf(answer: Response, address: string, from: number, clock: Patience) {
    if (!answer.ok || answer.body === null) clock.end();
    if (answer.status === 404 || answer.status === 403) return null;
    // Nothing is left to read.
    if (answer.status === 416) return empty();
    if (!answer.ok || answer.body === null) {
      throw new SourceFailure(`${address} answers ${answer.status}. Run this again later.`);
    }
    const coding = answer.headers.get('content-encoding') ?? 'identity';
    if (coding !== 'identity') {
      throw new JobFailure(
        `${address} comes compressed, though it was asked for as it is. It is not used; ask who publishes there.`,
      );
    }
    const body = pieces(answer.body, clock, (error) => told(place, error, signal));
    // Not every server knows ranges: one that sends all from the beginning is read past what is here.
    return answer.status === 206 ? body : after(body, from);
  }
}

function checkAddress(place: string): void {
  const url = URL.canParse(place) ? new URL(place) : null;
  if (url !== null && [url.username, url.password, url.search, url.hash].every((part) => part === '')) return;
  throw new JobFailure(
    'The address where snapshots are published has to be one of http or https, without a password, ? or #. Correct it.',
  );
}

interface Patience {
  signal: AbortSignal;
  /** Waits for something, for as long as patience lasts. */
  wait<T>(work: () => Promise<T>): Promise<T>;
  /** That so much came. */
  got(bytes: number): void;
  end(): void;
}

/** Ends a connection that brings too little in the time it is waited for; time that is spent with what it brought is free. */
function patienceOf(address: string, patience: number, signal: AbortSignal | undefined): Patience {
  const stop = new AbortController();
  let waited = 0;
  let bytes = 0;
  const late = () =>
    stop.abort(
      new SourceFailure(
        `${address} sends nothing, or next to nothing, for ${Math.round(patience / 1000)} seconds. Check the network, then run this again.`,
      ),
    );
  return {
    signal: signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]),
    async wait(work) {
      const since = performance.now();
      const timer = setTimeout(late, Math.max(0, patience - waited));
      try {
        return await work();
      } finally {
        clearTimeout(timer);
        waited += performance.now() - since;
      }
    },
    got(more) {
      bytes += more;
      if (bytes < leastBytes) return;
      bytes = 0;
      waited = 0;
    },
    end: () => stop.abort(),
  };
}

async function* pieces(
  body: ReadableStream<Uint8Array>,
  clock: Patience,
  told: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await clock
        .wait(() => reader.read())
        .catch((error) => Promise.reject(told(error)));
      if (done) return;
      clock.got(value.length);
      yield value;
    }
  } finally {
    clock.end();
  }
}

/** An error of the connection, as a sentence; being stopped, and sentences, stay what they are. */
function told(place: string, error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof JobFailure) return error;
  if (signal?.aborted) return signal.reason;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new SourceFailure(
    `${place} does not answer (${reason}). Check the address and the network, then run this again.`,
  );
}

async function* empty(): AsyncGenerator<Uint8Array> {}

async function* after(body: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Uint8Array> {
  let place = 0;
  for await (const piece of body) {
    if (place + piece.length > from) yield piece.subarray(Math.max(0, from - place));
    place += piece.length;
  }
}
