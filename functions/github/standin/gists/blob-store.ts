/** Keeps the bytes of files that were seen, so that a revision stays readable after the file is overwritten. */
export interface BlobStore {
  keep(sha: string, bytes: Buffer): void;
  read(sha: string): Buffer | undefined;
}

/** A store that forgets what was used longest ago once it holds more than `maxBytes`. */
export function createBlobStore(maxBytes: number): BlobStore {
  const blobs = new Map<string, Buffer>();
  let held = 0;

  function forget(sha: string): void {
    held -= blobs.get(sha)?.length ?? 0;
    blobs.delete(sha);
  }

  return {
    keep(sha, bytes) {
      if (bytes.length > maxBytes) return;
      forget(sha);
      blobs.set(sha, bytes);
      held += bytes.length;
      for (const oldest of blobs.keys()) {
        if (held <= maxBytes) break;
        forget(oldest);
      }
    },
    read(sha) {
      const bytes = blobs.get(sha);
      if (bytes) {
        blobs.delete(sha);
        blobs.set(sha, bytes);
      }
      return bytes;
    },
  };
}
