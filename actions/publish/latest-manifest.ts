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
  const parsed = manifest.safeParse(jsonOf(bytes));
  if (!parsed.success) {
    throw new JobFailure(
      `${latestManifest} in ${bucket.title} is no manifest of a snapshot, and is left alone. Look at what put it there; if nothing needs it, move it away, then run this again.`,
    );
  }
  return { manifest: parsed.data, bytes, tag: file.tag };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/** Sees to it that strangers find this manifest, as readers do. Throws JobFailure where they do not. */
export async function provePublic(bucket: Bucket, bytes: Buffer): Promise<void> {
  const read = await bucket.readPublic(latestManifest);
  if (read?.equals(bytes)) return;
  throw new JobFailure(
    read === null
      ? `${latestManifest} is in ${bucket.title}, but strangers cannot read it at ${bucket.publicPlace}. Let everybody read its objects, then run this again.`
      : `${bucket.publicPlace}/${latestManifest} does not read back as it was sent. Run this again in a minute.`,
  );
}
