import { createHash, type Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** What a look at a file came to; `why` is a part of a sentence about it. */
export type Looked =
  | { kind: 'same'; stats: Stats }
  | { kind: 'absent' }
  | { kind: 'link' }
  | { kind: 'damaged'; why: string };

/** What a file should be. `bytes` is null where its name alone is known. */
export interface Expected {
  bytes: number | null;
  hash: string;
  /** Starts the hash of a file of so many bytes. */
  start(bytes: number): Hash;
}

/** git gives a file the SHA-1 of "blob ", its size, a NUL and its bytes: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function gitBlob(hash: string, bytes: number | null): Expected {
  return { hash, bytes, start: (size) => createHash('sha1').update(`blob ${size}\0`) };
}

export function sha256(hash: string, bytes: number): Expected {
  return { hash, bytes, start: () => createHash('sha256') };
}

const buffer = Buffer.allocUnsafe(1024 * 1024);

/**
 * Reads a file for its hash; a link is not followed. `got` hears of the bytes. It is done in one go, piece by piece in one
 * buffer: most files are small, and handing each read to another thread takes longer than reading it.
 */
export function lookAt(path: string, { bytes, hash, start }: Expected, got: (bytes: number) => void): Looked {
  let file: number | null = null;
  try {
    // Neither follows a link nor waits for somebody at the other end of a pipe; Windows has no such flags.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(file);
    if (!stats.isFile()) return { kind: 'damaged', why: 'it is no file' };
    if (bytes !== null && stats.size !== bytes) {
      return { kind: 'damaged', why: `it has ${stats.size} bytes, not ${bytes}` };
    }
    const hashed = start(stats.size);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      hashed.update(read === buffer.length ? buffer : buffer.subarray(0, read));
      got(read);
    }
    return hashed.digest('hex') === hash
      ? { kind: 'same', stats }
      : { kind: 'damaged', why: 'its hash is another' };
  } catch (error) {
    return lookedAt(error);
  } finally {
    if (file !== null) closeSync(file);
  }
}

function lookedAt(error: unknown): Looked {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  if (code === 'ELOOP') return { kind: 'link' };
  return { kind: 'damaged', why: `it cannot be read (${code})` };
}
