import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { manifest } from '#domain/snapshot.ts';
import { hashFile } from './hashed-file.ts';

/** Is this folder that snapshot, with every file as its manifest and SHA256SUMS have it? Reads every byte. */
export async function isWhole(folder: string, id: string): Promise<boolean> {
  try {
    const found = manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
    const sums = readSums(await readFile(join(folder, 'SHA256SUMS'), 'utf8'));
    if (found.snapshot_id !== id || !sums.has('manifest.json')) return false;
    if (!Object.entries(found.files).every(([name, { sha256 }]) => sums.get(name) === sha256)) return false;
    for (const [name, sha256] of sums) {
      if ((await hashFile(join(folder, name))).sha256 !== sha256) return false;
    }
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Lines of `sha256sum`: the hash, two spaces, the name. */
function readSums(text: string): Map<string, string> {
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
}

/** A file that is missing, cut off or not what it should be; a disk that cannot be read is something else. */
function isDamage(error: unknown): boolean {
  if (error instanceof SyntaxError || error instanceof z.ZodError) return true;
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code))
  );
}
