import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { publishedType } from '#domain/published-type.ts';
import type { FileDigest } from '../export/hashed-file.ts';
import { JobFailure } from '../failure.ts';
import type { LocalFile } from '../publish/local-snapshot.ts';
import type { Attestation } from './attestation.ts';

/** A file of a release, and where its bytes come from. */
export interface PlannedAsset extends FileDigest {
  name: string;
  contentType: string;
  open(): AsyncIterable<Uint8Array>;
}

/** A file of the snapshot that cannot be an asset itself: it is put together again from its parts, in their order. */
export interface PartedFile extends FileDigest {
  name: string;
  /** None where the file is empty, which GitHub takes no asset of. */
  parts: readonly (FileDigest & { name: string })[];
}

export interface ReleasePlan {
  assets: readonly PlannedAsset[];
  parted: readonly PartedFile[];
}

export interface SnapshotFiles {
  /** Every file of it, the manifest and the sums included. */
  files: readonly LocalFile[];
  attestation: Attestation | null;
  /** Bytes an asset has at most. */
  partBytes: number;
}

/** Tells which files are not assets themselves, and what they are put together from. */
export const partsFile = 'PARTS.json';
const mostAssets = 1000;

/**
 * The assets of a snapshot's release: its files, those that are too large in parts. Reads only the latter. Throws
 * JobFailure where GitHub would not take them.
 */
export async function planAssets({ files, attestation, partBytes }: SnapshotFiles): Promise<ReleasePlan> {
  const assets: PlannedAsset[] = [];
  const parted: PartedFile[] = [];
  for (const { name, path, ...digest } of files) {
    if (digest.bytes > 0 && digest.bytes <= partBytes) {
      assets.push(assetOf(name, digest, () => createReadStream(path)));
      continue;
    }
    const parts: PlannedAsset[] = [];
    for (let start = 0; start < digest.bytes; start += partBytes) {
      parts.push(
        await partOf(
          path,
          `${name}.part-${String(parts.length + 1).padStart(3, '0')}`,
          start,
          digest.bytes,
          partBytes,
        ),
      );
    }
    assets.push(...parts);
    parted.push({ name, ...digest, parts: parts.map((part) => ({ name: part.name, ...digestOf(part) })) });
  }
  if (parted.length > 0) assets.push(textAsset(partsFile, `${JSON.stringify({ files: parted }, null, 2)}\n`));
  if (attestation !== null) assets.push(textAsset(attestation.name, attestation.text));
  if (assets.length > mostAssets) {
    throw new JobFailure(
      `The snapshot makes ${assets.length} assets, and GitHub takes ${mostAssets} a release.`,
    );
  }
  return { assets, parted };
}

const digestOf = ({ sha256, bytes }: FileDigest): FileDigest => ({ sha256, bytes });

function assetOf(name: string, digest: FileDigest, open: PlannedAsset['open']): PlannedAsset {
  return { name, ...digestOf(digest), contentType: publishedType(name), open };
}

function textAsset(name: string, text: string): PlannedAsset {
  const content = Buffer.from(text);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return assetOf(name, { sha256, bytes: content.length }, async function* all() {
    yield content;
  });
}

async function partOf(path: string, name: string, start: number, size: number, partBytes: number) {
  const end = Math.min(start + partBytes, size);
  const open = () => createReadStream(path, { start, end: end - 1 });
  const hash = createHash('sha256');
  for await (const piece of open()) hash.update(piece);
  const part = assetOf(name, { sha256: hash.digest('hex'), bytes: end - start }, open);
  return { ...part, contentType: 'application/octet-stream' };
}
