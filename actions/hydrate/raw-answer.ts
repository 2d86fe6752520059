import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { ListedFile } from '../copy/listed-row.ts';
import { blobHash } from './blob-check.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Part } from './store.ts';

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

/** Who reads an answer. */
export interface Reader {
  got(bytes: number): void;
  /** `read`: nothing of the answer is left on the connection. */
  end(answer: Answer, read: boolean): void;
  /** The disk failed. */
  fail(error: unknown): void;
}

/** Reads the answer to a request for a file: its bytes to the part as they come, each held against what the file should be. */
export function readAnswer(response: IncomingMessage, file: ListedFile, part: Part, reader: Reader): void {
  const refused = judged(response, file);
  if (refused !== null) {
    reader.end(refused, false);
    return;
  }
  const hash = blobHash(file.bytes);
  let bytes = 0;
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      reader.fail(error);
    }
  };
  const take = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > file.bytes) {
      reader.end({ kind: 'other', why: otherLength(file) }, false);
      return;
    }
    hash.update(piece);
    attempt(() => part.write(piece));
  };
  const finish = () => {
    const isWhole = bytes === file.bytes && hash.digest('hex') === file.git_blob_sha;
    if (!isWhole) {
      const why = bytes === file.bytes ? 'It has other bytes than the snapshot says.' : otherLength(file);
      reader.end({ kind: 'other', why }, true);
      return;
    }
    attempt(() => {
      part.keep();
      reader.end({ kind: 'whole' }, true);
    });
  };

  response.on('error', () => reader.end({ kind: 'trouble', why: 'The file broke off.' }, false));
  if (isZipped(response)) {
    unzip(response, file, reader, { take, finish });
    return;
  }
  response.on('data', (piece: Buffer) => {
    reader.got(piece.length);
    take(piece);
  });
  response.on('end', finish);
}

const isZipped = ({ headers }: IncomingMessage) => headers['content-encoding']?.toLowerCase() === 'gzip';

function unzip(
  response: IncomingMessage,
  file: ListedFile,
  reader: Reader,
  { take, finish }: { take(piece: Buffer): void; finish(): void },
): void {
  const gunzip = createGunzip();
  let zipped = 0;
  let unzipped = 0;
  const tooMuch = () => {
    gunzip.destroy();
    reader.end({ kind: 'other', why: otherLength(file) }, false);
  };
  response.on('data', (piece: Buffer) => {
    reader.got(piece.length);
    zipped += piece.length;
    // Nothing is made larger by gzip than by this.
    if (zipped > file.bytes * 1.01 + 1024) tooMuch();
  });
  gunzip.on('data', (piece: Buffer) => {
    unzipped += piece.length;
    if (unzipped > file.bytes) tooMuch();
    else take(piece);
  });
  gunzip.on('error', () =>
    reader.end({ kind: 'other', why: 'It is no gzip, though the host says so.' }, false),
  );
  gunzip.on('end', finish);
  response.pipe(gunzip);
}

/** What status and headers alone say; null where the bytes decide. */
function judged({ statusCode = 0, headers }: IncomingMessage, file: ListedFile): Answer | null {
  const retryAfter = retryAfterMs(headers['retry-after']);
  if (statusCode === 429) return { kind: 'limited', retryAfter };
  if (retryAfter !== null && (statusCode === 403 || statusCode === 503))
    return { kind: 'limited', retryAfter };
  if (statusCode === 404 || statusCode === 410 || statusCode === 451) return { kind: 'missing' };
  if (statusCode >= 500) return { kind: 'trouble', why: `The host answers ${statusCode}.` };
  if (statusCode >= 300 && statusCode < 400) {
    return { kind: 'refused', why: 'The host sends us elsewhere, and nothing is fetched from elsewhere.' };
  }
  if (statusCode !== 200) return { kind: 'refused', why: `The host answers ${statusCode}.` };
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    return { kind: 'refused', why: 'The host packs the file in a way it was not asked for.' };
  }
  const length = headers['content-length'];
  const isOther = encoding === 'identity' && length !== undefined && Number(length) !== file.bytes;
  return isOther ? { kind: 'other', why: otherLength(file) } : null;
}

const otherLength = (file: ListedFile) => `It does not have the ${file.bytes} bytes that the snapshot says.`;
