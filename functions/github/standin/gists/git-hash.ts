import { createHash } from 'node:crypto';

/** One file of a gist at one revision. */
export interface TreeFile {
  name: string;
  /** Bytes. */
  size: number;
  /** The sha git gives these bytes, 40 hex digits. */
  blob: string;
}

/** Git's own hash of a file's bytes: `sha1("blob " + length + "\0" + bytes)`, 40 hex digits. */
export function gitBlobSha(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/**
 * The revision of a gist with exactly these files: 40 hex digits, a function of the gist's id and its files
 * alone, so that it survives a restart. Going back to earlier files therefore gives the earlier revision.
 */
export function revisionOf(gistId: string, files: readonly TreeFile[]): string {
  const hash = createHash('sha1').update(`stand-in gist ${gistId}\0`);
  for (const file of files) hash.update(`${file.blob} ${file.size} ${file.name}\0`);
  return hash.digest('hex');
}
