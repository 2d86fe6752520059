import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ListedFile } from '../../copy/listed-row.ts';

/** The hash git gives a file of so many bytes, made as they come. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function blobHash(bytes: number) {
  return createHash('sha1').update(`blob ${bytes}\0`);
}

/** Is it a plain file with these very bytes? */
export function isBlob(
  path: string,
  { bytes, git_blob_sha }: Pick<ListedFile, 'bytes' | 'git_blob_sha'>,
): boolean {
  return blobShaOf(path, bytes) === git_blob_sha;
}

/** The git blob sha of a plain file, 40 hex digits; null where it is none, or not of `bytes`. Read in pieces, and never through a link. */
export function blobShaOf(path: string, bytes?: number): string | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size !== (bytes ?? found.size)) return null;
    const hash = blobHash(found.size);
    const piece = Buffer.allocUnsafe(Math.min(Math.max(found.size, 1), 1024 * 1024));
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      hash.update(piece.subarray(0, read));
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
