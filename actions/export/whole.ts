import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ForeignManifest, readManifest } from '#domain/read-manifest.ts';
import { hashFile } from './hashed-file.ts';

/**
 * Is this folder that snapshot, with every file as its manifest and SHA256SUMS have it? Reads every byte. With `manifest`,
 * its manifest has to be those bytes.
 */
export async function isWhole(folder: string, id: string, manifest?: Buffer): Promise<boolean> {
  try {
    const bytes = await readFile(join(folder, 'manifest.json'));
    if (manifest !== undefined && !bytes.equals(manifest)) return false;
    const read = readManifest(bytes.toString());
    if (read.kind !== 'manifest' || read.manifest.snapshot_id !== id) return false;
    if (!sumsFit(await readFile(join(folder, 'SHA256SUMS'), 'utf8'), read.manifest, bytes)) return false;
    for (const [name, described] of Object.entries(read.manifest.files)) {
      const found = await hashFile(join(folder, name));
      if (found.sha256 !== described.sha256 || found.bytes !== described.bytes) return false;
    }
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Does SHA256SUMS say of the manifest, these bytes, and of the files in it what is so, and of no others? */
export function sumsFit(sums: string, { files }: Pick<ForeignManifest, 'files'>, manifest: Buffer): boolean {
  const said = readSums(sums);
  const own = createHash('sha256').update(manifest).digest('hex');
  if (said.size !== Object.keys(files).length + 1 || said.get('manifest.json') !== own) return false;
  return Object.entries(files).every(([name, { sha256 }]) => said.get(name) === sha256);
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

/** A file that is missing or not what it should be; a disk that cannot be read is something else. */
function isDamage(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code))
  );
}
