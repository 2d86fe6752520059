import { type Manifest, manifest } from '#domain/snapshot.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { JobFailure } from '../failure.ts';

export const latestManifest = 'latest/manifest.json';

/** Manifests are small; anything this large is something else. */
const most = 1024 * 1024;

/** The manifest that a bucket's readers find in `latest`. */
export interface LatestManifest {
  manifest: Manifest;
  bytes: Buffer;
  tag: string;
}

/** Reads it; null where nothing was published yet. Throws JobFailure where something else is there. */
export async function readLatestManifest(bucket: Bucket): Promise<LatestManifest | null> {
  const file = await bucket.read(latestManifest);
  if (file === null) return null;
  const pieces: Uint8Array[] = [];
  if (file.bytes <= most) for await (const piece of file.body) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const parsed = manifestIn(bytes);
  if (parsed === null) {
    throw new JobFailure(
      `${latestManifest} in ${bucket.title} is no manifest of a snapshot, and is left alone. Look at what put it there; if nothing needs it, move it away, then run this again.`,
    );
  }
  return { manifest: parsed, bytes, tag: file.tag };
}

/** The manifest that these bytes are, or null. */
function manifestIn(bytes: Buffer): Manifest | null {
  try {
    return manifest.safeParse(JSON.parse(bytes.toString())).data ?? null;
  } catch {
    return null;
  }
}

/** Sees to it that strangers find these bytes under a key, as readers do. Throws JobFailure where they do not. */
export async function provePublic(bucket: Bucket, key: string, bytes: Buffer): Promise<void> {
  const read = await bucket.readPublic(key);
  if (read?.equals(bytes)) return;
  throw new JobFailure(
    read === null
      ? `${key} is in ${bucket.title}, but strangers cannot read it at ${bucket.publicPlace}. Let everybody read its objects, then run this again.`
      : `${bucket.publicPlace}/${key} does not read back as it was sent. Run this again in a minute.`,
  );
}
