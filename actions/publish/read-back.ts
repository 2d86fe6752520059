import { createHash } from 'node:crypto';
import type { Bucket } from '../bucket/bucket.ts';

/** The hash of what is under a key; null where nothing is. */
export async function hashThere(bucket: Bucket, key: string, signal: AbortSignal): Promise<string | null> {
  const file = await bucket.read(key);
  if (file === null) return null;
  const hash = createHash('sha256');
  for await (const piece of file.body) {
    signal.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest('hex');
}
