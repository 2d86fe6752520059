import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives a published file by its path, or null where there is none. */
export type Published = (path: string) => Promise<Buffer | null>;

/** What is published under an address, or in a folder. */
export function publishedAt(base: string): Published {
  if (!/^https?:/.test(base)) {
    return (path) =>
      readFile(join(base, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
  }
  return async (path) => {
    const answer = await fetch(`${base}/${path}`);
    if (answer.status === 404 || answer.status === 403) return null;
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A line of `changes.ndjson` and `removed.ndjson`, as docs/dataset.md tells of it. */
export interface Line {
  seq: number;
  kind: string;
  record_id: string;
  gist_id: string;
  gist_version: string;
  previous_gist_version: string | null;
  reason: string | null;
  at: string;
}

/** The fields of a row that promises are about. */
export interface Row {
  gist_id: string;
  gist_url: string;
  gist_owner_id: string;
  gist_owner_login: string;
  gist_version: string;
  approved_at: string;
  license: string;
  license_declared_by: string;
  attestation_version: string;
  record_id: string;
  seq: number;
  files: { name: string; bytes: number; git_blob_sha: string; raw_url: string }[];
}

interface Manifest {
  snapshot_id: string;
  snapshot_dir: string;
  previous_snapshot: string | null;
  generated_at: string;
  log_seq: number;
  record_count: number;
  verified_from: string | null;
  verified_to: string | null;
  changes: Record<string, number>;
  files: Record<string, { sha256: string; bytes: number }>;
}

/** A snapshot as it was read. */
export interface Snapshot {
  manifest: Manifest;
  /** The manifest's own bytes. */
  manifestBytes: Buffer;
  rows: Row[];
  urls: string[];
  changes: Line[];
  removed: Line[];
  /** All files, by their names. */
  files: Map<string, Buffer>;
}

/** The objects of a file of lines. Throws where it is no such file. */
export function readLines<T>(bytes: Buffer | undefined): T[] {
  if (bytes === undefined) throw new Error('A file of lines is missing.');
  const text = bytes.toString('utf8');
  if (text !== '' && !text.endsWith('\n')) throw new Error('A file of lines does not end with one.');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): T => JSON.parse(line));
}

/** Reads the snapshot that `latest` tells of, from its own folder. Null when nothing is published. */
export async function readNewest(published: Published): Promise<Snapshot | null> {
  const manifestBytes = await published('latest/manifest.json');
  if (manifestBytes === null) return null;
  const manifest: Manifest = JSON.parse(manifestBytes.toString('utf8'));
  const files = new Map<string, Buffer>();
  for (const name of [...Object.keys(manifest.files), 'manifest.json', 'SHA256SUMS']) {
    const bytes = await published(`${manifest.snapshot_dir}/${name}`);
    if (bytes === null) throw new Error(`${manifest.snapshot_dir}/${name} is not there.`);
    files.set(name, bytes);
  }
  return {
    manifest,
    manifestBytes,
    rows: readLines(files.get('submissions.ndjson')),
    urls: (files.get('urls.txt') ?? Buffer.of()).toString('utf8').split('\n').slice(0, -1),
    changes: readLines(files.get('changes.ndjson')),
    removed: readLines(files.get('removed.ndjson')),
    files,
  };
}
