import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Backup, dumpKey } from '#domain/backup.ts';
import { decrypted } from '../backup/age.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { JobFailure } from '../failure.ts';

/**
 * Writes a backup's dump to a new file that nobody else may read, decrypted, and holds it against its description.
 * @throws JobFailure when it is not there, is another, or was encrypted for another key
 */
export async function bringDump(
  bucket: Bucket,
  { backup_id: id, dump }: Backup,
  identities: readonly string[],
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const key = dumpKey(id);
  const stored = await bucket.read(key);
  if (stored === null) {
    throw new JobFailure(`${key} is not in ${bucket.title} any more. Choose another backup by --backup.`);
  }
  const torn = () =>
    new JobFailure(
      `${key} in ${bucket.title} is not what its backup wrote. Choose another backup by --backup.`,
    );
  const hash = createHash('sha256');
  let bytes = 0;
  async function* hashed(body: AsyncIterable<Uint8Array>) {
    for await (const piece of body) {
      hash.update(piece);
      bytes += piece.length;
      if (bytes > dump.bytes) throw torn();
      yield piece;
    }
    if (bytes !== dump.bytes || hash.digest('hex') !== dump.sha256) throw torn();
  }
  const plain = decrypted(hashed(stored.body), identities);
  try {
    await pipeline(plain, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    // What age finds wrong with bytes that it cannot believe.
    if (error instanceof Error && !(error instanceof JobFailure) && !('code' in error)) throw torn();
    throw error;
  }
}
