import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { webSource } from './web-source.ts';

/** Where published snapshots are read, as anybody may. */
export interface Source {
  /** What sentences call it. */
  readonly place: string;
  /** The bytes of a file from one on; null where it is not there. Throws JobFailure when it cannot be read. */
  read(key: string, from: number): Promise<AsyncIterable<Uint8Array> | null>;
}

export interface SourceOptions {
  /** How long to wait for an answer, or for more of one, in milliseconds. */
  patience?: number;
  /** Ends what is being waited for. */
  signal?: AbortSignal;
}

/** Snapshots under an address, or in a folder. Throws JobFailure where the address is none. */
export function sourceOf(place: string, options: SourceOptions = {}): Source {
  return /^https?:\/\//i.test(place) ? webSource(place.replace(/\/+$/, ''), options) : folderSource(place);
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
