import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JobFailure } from '../failure.ts';

/** Where published snapshots are read, as anybody may. */
export interface Source {
  /** What sentences call it. */
  readonly place: string;
  /** The bytes of a file from one on; null where it is not there. Throws JobFailure when it cannot be read. */
  read(key: string, from: number): Promise<AsyncIterable<Uint8Array> | null>;
}

/** Snapshots under an address, or in a folder. */
export function sourceOf(place: string): Source {
  return /^https?:\/\//.test(place) ? webSource(place.replace(/\/+$/, '')) : folderSource(place);
}

function folderSource(place: string): Source {
  return {
    place,
    async read(key, from) {
      const path = join(place, key);
      const isThere = await stat(path).then(
        (found) => found.isFile(),
        () => false,
      );
      return isThere ? createReadStream(path, { start: from }) : null;
    },
  };
}

function webSource(place: string): Source {
  return {
    place,
    async read(key, from) {
      const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
      const answer = await fetch(`${place}/${key}`, { headers }).catch((error: unknown) => {
        throw unreachable(place, error);
      });
      if (answer.status === 404 || answer.status === 403) return null;
      // Nothing is left to read.
      if (answer.status === 416) return empty();
      if (!answer.ok || answer.body === null) {
        throw new SourceFailure(`${place}/${key} answers ${answer.status}. Run this again later.`);
      }
      // Not every server knows ranges: one that sends all from the beginning is read past what is here.
      return telling(place, answer.status === 206 ? answer.body : after(answer.body, from));
    },
  };
}

/** Another attempt may succeed. */
export class SourceFailure extends JobFailure {
  override name = 'SourceFailure';
}

function unreachable(place: string, error: unknown): SourceFailure {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new SourceFailure(
    `${place} does not answer (${reason}). Check the address and the network, then run this again.`,
  );
}

async function* telling(place: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw unreachable(place, error);
  }
}

async function* empty(): AsyncGenerator<Uint8Array> {}

async function* after(body: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Uint8Array> {
  let place = 0;
  for await (const piece of body) {
    if (place + piece.length > from) yield piece.subarray(Math.max(0, from - place));
    place += piece.length;
  }
}
