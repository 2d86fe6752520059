import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything the embedded database and development keep, beside the checkout. */
const dataRoot = '.data';

/** The index of the bundled examples, and what jobs use when `dev` has never run. */
const examples = 'examples';
const pointer = join(dataRoot, 'current');

/** The folder of an index of its own: for the bundled examples, or for a folder of gists. */
export function dataFolderFor(gists: string | undefined): string {
  if (gists === undefined) return join(dataRoot, examples);
  const key = createHash('sha256').update(realpathSync(gists)).digest('hex').slice(0, 12);
  return join(dataRoot, `gists-${key}`);
}

/** Makes jobs started from other terminals use this folder. */
export function pointToDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${pointer}.new`, folder);
  renameSync(`${pointer}.new`, pointer);
}

/** The folder of the index that `dev` serves, or served last. */
export function currentDataFolder(): string {
  try {
    return readFileSync(pointer, 'utf8').trim();
  } catch {
    return join(dataRoot, examples);
  }
}
