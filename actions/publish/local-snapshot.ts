import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, manifest } from '#domain/snapshot.ts';
import { hashFile } from '../export/hashed-file.ts';
import { snapshotFolder } from '../export/output-folder.ts';
import { isWhole } from '../export/whole.ts';

export interface LocalFile {
  name: string;
  path: string;
  bytes: number;
  sha256: string;
}

/** A snapshot whose files are here, and are what its manifest says. */
export interface LocalSnapshot {
  folder: string;
  manifest: Manifest;
  /** `manifest.json` as it is. */
  manifestBytes: Buffer;
  /** `SHA256SUMS` first, `manifest.json` last. */
  files: LocalFile[];
}

/** Reads a snapshot in the output folder, every byte of it; null where it is not whole. */
export async function readLocalSnapshot(output: string, id: string): Promise<LocalSnapshot | null> {
  const folder = snapshotFolder(output, id);
  if (!(await isWhole(folder, id))) return null;
  const manifestBytes = await readFile(join(folder, 'manifest.json'));
  const described = manifest.safeParse(JSON.parse(manifestBytes.toString())).data;
  if (described === undefined) return null;
  const files: LocalFile[] = [];
  for (const name of ['SHA256SUMS', ...Object.keys(described.files), 'manifest.json']) {
    const path = join(folder, name);
    files.push({ name, path, ...(described.files[name] ?? (await hashFile(path))) });
  }
  return { folder, manifest: described, manifestBytes, files };
}

export function bytesOf({ files }: LocalSnapshot): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
