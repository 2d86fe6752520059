import { type ForeignManifest, readManifest } from '#domain/read-manifest.ts';
import { JobFailure } from '../failure.ts';
import { readSmall } from './download.ts';
import type { Source } from './source.ts';

const latestManifest = 'latest/manifest.json';

/** What readers cannot do without. */
const needed = ['submissions.ndjson', 'urls.txt', 'removed.ndjson'];

/** Thirty times what a million sessions take. */
const mostBytes = 64 * 2 ** 30;

/** The manifest of the newest snapshot, and its own bytes. */
export interface Published {
  manifest: ForeignManifest;
  bytes: Buffer;
}

/** Reads what is published last. Throws JobFailure where that is nothing, or no snapshot that is understood here. */
export async function readPublished(source: Source): Promise<Published> {
  const title = `${source.place}/${latestManifest}`;
  const bytes = await readSmall(source, latestManifest);
  if (bytes === null) {
    throw new JobFailure(
      `${title} is not there, or not for everybody to read. Correct the address, which ends in /dataset at the index's own, or publish first.`,
    );
  }
  const read = readManifest(bytes.toString());
  if (read.kind === 'other_version') throw new JobFailure(otherVersion(title, read.version));
  if (read.kind === 'none' || needed.some((name) => !Object.hasOwn(read.manifest.files, name))) {
    throw new JobFailure(`${title} is no manifest of a snapshot. Nothing was fetched; correct the address.`);
  }
  if (bytesOf(read.manifest) > mostBytes) {
    throw new JobFailure(
      `${title} promises more than a snapshot can hold, ${gigabytes(bytesOf(read.manifest))}. Nothing was fetched; ask who publishes there.`,
    );
  }
  return { manifest: read.manifest, bytes };
}

/** What to say of a dataset whose shape is of another major version than is known here. */
export function otherVersion(title: string, version: string): string {
  return `${title} is of version ${version} of the dataset's shape, which is not known here. Update this program, then run this again.`;
}

export function bytesOf({ files }: Pick<ForeignManifest, 'files'>): number {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
