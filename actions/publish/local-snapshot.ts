import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileNames } from '#domain/published-file.ts';
import { type Manifest, manifest } from '#domain/snapshot.ts';
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
  const described = manifest.parse(JSON.parse(manifestBytes.toString()));
  const names = fileNames(described);
  if (names === null) return null;
  const files: LocalFile[] = [];
  for (const name of ['SHA256SUMS', ...Object.keys(described.files), 'manifest.json']) {
    const path = join(folder, name);
    const { size } = await stat(path);
    const said = described.files[name];
    if (said !== undefined && said.bytes !== size) return null;
    files.push({ name, path, bytes: size, sha256: said?.sha256 ?? (await hashFile(path)) });
  }
  return { manifest: described, manifestBytes, files };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
