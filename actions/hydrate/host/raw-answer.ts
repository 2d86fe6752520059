import { createGunzip } from 'node:zlib';
import type { ListedFile } from '../../copy/listed-row.ts';
import { blobHash } from '../store/blob-check.ts';
import type { Part } from '../store/store.ts';
import { retryAfterMs } from './retry-after.ts';

/** What became of asking once for a file. */
export type Answer =
  /** It came, is what it should be, and is in the store. */
  | { kind: 'whole' }
  | { kind: 'missing' }
  /** Other bytes, more or fewer. */
  | { kind: 'other'; why: string }
  /** The host limits us: `retryAfter` in milliseconds, null where it does not say. */
  | { kind: 'limited'; retryAfter: number | null }
  /** Another attempt may succeed. */
  | { kind: 'trouble'; why: string }
  | { kind: 'refused'; why: string };

/** What an answer begins with. */
export interface Head {
  status: number;
  /** A header by its name in lower case. */
  header(name: string): string | undefined;
}

/** Who reads an answer. */
export interface Reader {
  /** Is anybody still waiting for it? */
  isOpen(): boolean;
  end(answer: Answer): void;
  /** The disk failed. */
  fail(error: unknown): void;
  /** More can be taken. */
  resume(): void;
}

/** Takes the bytes of an answer. */
export interface Taker {
  /** False where no more can be taken before `resume`. */
  piece(piece: Buffer): boolean;
  end(): void;
}

/**
 * Reads the answer to a request for a file: its bytes to the part as they come, each held against what the file should be.
 * Null where the head says enough, and the reader was told.
 */
export function readAnswer(head: Head, file: ListedFile, part: Part, reader: Reader): Taker | null {
  const refused = judged(head, file);
  if (refused !== null) {
    reader.end(refused);
    return null;
  }
  const own = taker(file, part, reader);
  return codingOf(head) === 'gzip' ? unzipping(file, reader, own) : own;
}

function taker(file: ListedFile, part: Part, reader: Reader): Taker {
  const hash = blobHash(file.bytes);
  let bytes = 0;
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      reader.fail(error);
    }
  };
  return {
    piece(piece) {
      if (!reader.isOpen()) return true;
      bytes += piece.length;
      if (bytes > file.bytes) reader.end({ kind: 'other', why: otherLength(file) });
      else {
        hash.update(piece);
        attempt(() => part.write(piece));
      }
      return true;
    },
    end() {
      if (!reader.isOpen()) return;
      const isWhole = bytes === file.bytes && hash.digest('hex') === file.git_blob_sha;
      if (isWhole) {
        attempt(() => {
          part.keep();
          reader.end({ kind: 'whole' });
        });
        return;
      }
      const why = bytes === file.bytes ? 'It has other bytes than the snapshot says.' : otherLength(file);
      reader.end({ kind: 'other', why });
    },
  };
}

function unzipping(file: ListedFile, reader: Reader, unzipped: Taker): Taker {
  const gunzip = createGunzip();
  let bytes = 0;
  const give = (answer: Answer) => {
    gunzip.destroy();
    reader.end(answer);
  };
  gunzip.on('data', (piece: Buffer) => {
    unzipped.piece(piece);
    if (!reader.isOpen()) gunzip.destroy();
  });
  gunzip.on('error', () => give({ kind: 'other', why: 'It is no gzip, though the host says so.' }));
  gunzip.on('end', () => unzipped.end());
  gunzip.on('drain', () => reader.resume());
  return {
    piece(piece) {
      if (!reader.isOpen()) {
        gunzip.destroy();
        return true;
      }
      bytes += piece.length;
      // Nothing is made larger by gzip than by this.
      if (bytes > file.bytes * 1.01 + 1024) give({ kind: 'other', why: otherLength(file) });
      // The piece is somebody else's after this.
      else return gunzip.write(Buffer.from(piece));
      return true;
    },
    end: () => void gunzip.end(),
  };
}

const codingOf = ({ header }: Head) => header('content-encoding')?.toLowerCase() ?? 'identity';

/** What status and headers alone say; null where the bytes decide. */
function judged(head: Head, file: ListedFile): Answer | null {
  const { status, header } = head;
  const retryAfter = retryAfterMs(header('retry-after'));
  if (status === 429) return { kind: 'limited', retryAfter };
  if (retryAfter !== null && (status === 403 || status === 503)) return { kind: 'limited', retryAfter };
  if (status === 404 || status === 410 || status === 451) return { kind: 'missing' };
  if (status >= 500) return { kind: 'trouble', why: `The host answers ${status}.` };
  if (status >= 300 && status < 400) {
    return { kind: 'refused', why: 'The host sends us elsewhere, and nothing is fetched from elsewhere.' };
  }
  if (status !== 200) return { kind: 'refused', why: `The host answers ${status}.` };
  const encoding = codingOf(head);
  if (encoding !== 'gzip' && encoding !== 'identity') {
    return { kind: 'refused', why: 'The host packs the file in a way it was not asked for.' };
  }
  const length = header('content-length');
  const isOther = encoding === 'identity' && length !== undefined && Number(length) !== file.bytes;
  return isOther ? { kind: 'other', why: otherLength(file) } : null;
}

const otherLength = (file: ListedFile) => `It does not have the ${file.bytes} bytes that the snapshot says.`;
