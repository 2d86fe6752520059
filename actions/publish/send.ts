import type { Bucket, Watch } from '../bucket/bucket.ts';
import { bytesContent, withFile } from '../bucket/content.ts';
import { JobFailure } from '../failure.ts';
import { compareRemoved, extendRemoved, latestRemoved } from './append-only.ts';
import { type LatestManifest, latestManifest, provePublic } from './latest-manifest.ts';
import type { LocalFile, LocalSnapshot } from './local-snapshot.ts';
import { hashThere } from './read-back.ts';

export interface Sent {
  /** Files of the snapshot that were created, and those that an earlier run had left there. */
  created: number;
  found: number;
}

/**
 * Puts a snapshot's own files where nothing is yet, and reads each back. `SHA256SUMS` comes first, and the one who creates it
 * has the snapshot's name: whoever finds other sums there stops, so that all who go on bring the same bytes, also of files
 * that are too large to be created under a condition. Throws JobFailure.
 */
export async function sendSnapshot(
  bucket: Bucket,
  { manifest, files }: LocalSnapshot,
  watch: Watch,
): Promise<Sent> {
  const sent: Sent = { created: 0, found: 0 };
  for (const file of files) {
    const key = `${manifest.snapshot_dir}/${file.name}`;
    const done = await withFile(file.path, (content) => bucket.create(key, content, watch));
    if (done === 'exists') watch.sent(file.bytes);
    sent[done === 'created' ? 'created' : 'found'] += 1;
    await verify(bucket, key, file, done, watch);
    if (done === 'created' && file === files[0]) await proveCreateOnly(bucket, key, file, watch);
  }
  return sent;
}

async function verify(
  bucket: Bucket,
  key: string,
  file: LocalFile,
  done: 'created' | 'exists',
  { signal }: Watch,
): Promise<void> {
  if ((await hashThere(bucket, key, signal)) === file.sha256) return;
  throw new JobFailure(
    done === 'exists'
      ? `${key} in ${bucket.title} holds other bytes than ${file.path}. Nothing was overwritten. To publish under another name, take away the folder ${file.path.slice(0, -file.name.length - 1)}, then run npm run dataset:export and this again.`
      : `${key} in ${bucket.title} reads back with other bytes than were sent. Nothing leads to it yet; run this again, and if it happens again, ask the bucket's provider.`,
  );
}

/** Asks for a file of the same bytes to be created where it was created just now: it has to be refused. */
async function proveCreateOnly(bucket: Bucket, key: string, file: LocalFile, watch: Watch): Promise<void> {
  const again = await withFile(file.path, (content) =>
    bucket.create(key, content, { ...watch, sent: () => undefined }),
  );
  if (again === 'exists') return;
  throw new JobFailure(
    `${bucket.title} overwrites what may only be created, so a published snapshot could be changed there. Publish in a bucket without versioning, on a service that honours If-None-Match.`,
  );
}

/**
 * Turns `latest` to a snapshot whose own files are there: its copies first, `manifest.json` last, and that only where
 * `there` still is what readers find. Throws JobFailure.
 */
export async function turnLatest(
  bucket: Bucket,
  { files, manifestBytes }: LocalSnapshot,
  there: LatestManifest | null,
  watch: Watch,
  stillHeld: () => Promise<void>,
): Promise<void> {
  await stillHeld();
  for (const file of files) {
    const key = `latest/${file.name}`;
    if (key === latestRemoved) await sendRemoved(bucket, file, watch);
    else if (key !== latestManifest)
      await withFile(file.path, (content) => bucket.replace(key, content, watch));
  }
  await stillHeld();
  const done = await bucket.replace(latestManifest, bytesContent(manifestBytes), watch, there?.tag ?? null);
  if (done === 'changed') {
    throw new JobFailure(
      `Something else turned latest in ${bucket.title} meanwhile, so this snapshot was not published. See that one database alone publishes there, then run this again.`,
    );
  }
  await provePublic(bucket, latestManifest, manifestBytes);
}

/** The hourly refresh may have added departures since this snapshot was made; those stay. */
async function sendRemoved(bucket: Bucket, file: LocalFile, watch: Watch): Promise<void> {
  await withFile(file.path, async (content) => {
    const compared = await compareRemoved(bucket, content);
    if (compared.kind === 'same' || compared.kind === 'goes_on') watch.sent(content.bytes);
    else await extendRemoved(bucket, content, compared, watch);
  });
}
