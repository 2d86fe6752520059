import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, manifest } from '#domain/snapshot.ts';
import { snapshotIds } from './copy-snapshots.ts';

/** A snapshot that this site has a copy of. */
export interface PublishedSnapshot {
  manifest: Manifest;
  /** SHA-256 of its `SHA256SUMS`, which holds those of all its other files. */
  sums: string;
  /** All its files together. */
  bytes: number;
}

/** The snapshots in the folder of published files, newest first; of each, two small files are read. */
export async function publishedSnapshots(folder: string): Promise<PublishedSnapshot[]> {
  const ids = (await snapshotIds(join(folder, 'snapshots'))).sort().reverse();
  const found: PublishedSnapshot[] = [];
  for (const id of ids) {
    const at = join(folder, 'snapshots', id);
    const text = await readFile(join(at, 'manifest.json'), 'utf8');
    const sums = await readFile(join(at, 'SHA256SUMS'));
    const read = manifest.parse(JSON.parse(text));
    const files = Object.values(read.files).reduce((sum, { bytes }) => sum + bytes, 0);
    found.push({
      manifest: read,
      sums: createHash('sha256').update(sums).digest('hex'),
      bytes: files + Buffer.byteLength(text) + sums.length,
    });
  }
  return found;
}
