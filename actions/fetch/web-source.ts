import type { IncomingMessage } from 'node:http';
import { JobFailure } from '../failure.ts';
import { type Patience, patienceOf } from './patience.ts';
import { followed } from './redirects.ts';
import type { Source, SourceOptions } from './source.ts';
import { SourceFailure } from './source-failure.ts';

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
      const answer = await clock
        .wait(() => followed(address, { headers, signal: clock.signal }))
        .catch((error: unknown) => {
          throw told(place, error, clock);
        });
      return bodyOf(place, address, answer, from, clock);
    },
  };
}

function checkAddress(place: string): void {
  const url = URL.canParse(place) ? new URL(place) : null;
  if (url !== null && [url.username, url.password, url.search, url.hash].every((part) => part === '')) return;
  throw new JobFailure(
    'The address where snapshots are published has to be one of http or https, without a password, ? or #. Correct it.',
  );
}

function bodyOf(
  place: string,
  address: string,
  answer: IncomingMessage,
  from: number,
  clock: Patience,
): AsyncIterable<Uint8Array> | null {
  const status = answer.statusCode ?? 0;
  const coding = answer.headers['content-encoding'] ?? 'identity';
  if ((status === 200 || status === 206) && coding === 'identity') {
    const body = pieces(place, answer, clock);
    // Not every server knows ranges: one that sends all from the beginning is read past what is here.
    return status === 206 ? body : after(body, from);
  }
  answer.destroy();
  if (status === 404 || status === 403) return null;
  // Nothing is left to read.
  if (status === 416) return empty();
  if (coding === 'identity') {
    throw new SourceFailure(`${address} answers ${status}. Run this again later.`);
  }
  throw new JobFailure(
    `${address} comes compressed, though it was asked for as it is. It is not used; ask who publishes there.`,
  );
}

async function* pieces(place: string, answer: IncomingMessage, clock: Patience): AsyncGenerator<Uint8Array> {
  const body: AsyncIterator<Uint8Array> = answer[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await clock.wait(() => body.next());
      if (next.done) return;
      clock.got(next.value.length);
      yield next.value;
    }
  } catch (error) {
    throw told(place, error, clock);
  } finally {
    answer.destroy();
  }
}

/** An error of the connection, as a sentence; being stopped, and sentences, stay what they are. */
function told(place: string, error: unknown, { signal }: Patience): unknown {
  if (error instanceof JobFailure) return error;
  if (signal.aborted) return signal.reason;
  const [cause] = error instanceof AggregateError ? error.errors : [error];
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
