import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, manifest as manifestSchema } from '#domain/snapshot.ts';
import type { FileDigest } from '../export/hashed-file.ts';
import { isWhole } from '../export/whole.ts';

export interface WholeSnapshot {
  folder: string;
  manifest: Manifest;
  /** Every file, the manifest and the sums included. */
  files: Record<string, FileDigest>;
}

/** A snapshot's files, every byte of them read; null where they are not whole in that folder. */
export async function readWhole(folder: string, id: string): Promise<WholeSnapshot | null> {
  if (!(await isWhole(folder, id))) return null;
  const manifest = await readFile(join(folder, 'manifest.json'));
  const sums = await readFile(join(folder, 'SHA256SUMS'));
  const parsed = manifestSchema.parse(JSON.parse(manifest.toString('utf8')));
  const files = { ...parsed.files, 'manifest.json': digestOf(manifest), SHA256SUMS: digestOf(sums) };
  return { folder, manifest: parsed, files };
}

function digestOf(content: Buffer): FileDigest {
  return { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}
