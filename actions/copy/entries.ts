import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Something in a folder of the copy. Links are what they are here, never what they lead to. */
export interface Entry {
  name: string;
  /** Where it is in the copy, with / between folders. */
  path: string;
  kind: 'file' | 'folder' | 'link' | 'other';
}

/** What is in a folder of the copy, in the order of the names. The folder is one: whoever asks has looked. */
export async function entriesOf(copy: string, path: string): Promise<Entry[]> {
  const found = await readdir(join(copy, path), { withFileTypes: true });
  return found
    .map((entry) => ({ name: entry.name, path: `${path}/${entry.name}`, kind: kindOf(entry) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is at a path of the copy; null where nothing is. */
export async function entryAt(copy: string, path: string): Promise<Entry | null> {
  const found = await lstatOf(join(copy, path));
  return found && { name: path.slice(path.lastIndexOf('/') + 1), path, kind: kindOf(found) };
}

/** What is in a folder of the copy; nothing where there is none, or something else in its place. */
export async function entriesIn(copy: string, path: string): Promise<Entry[]> {
  return (await entryAt(copy, path))?.kind === 'folder' ? entriesOf(copy, path) : [];
}

/** Every file below a folder of the copy, and every link and other thing that is no folder. */
export async function* filesBelow(copy: string, path: string): AsyncGenerator<Entry> {
  for (const entry of await entriesIn(copy, path)) {
    if (entry.kind === 'folder') yield* filesBelow(copy, entry.path);
    else yield entry;
  }
}

/** How many bytes an entry and all that is below it have. */
export async function bytesOf(copy: string, entry: Entry): Promise<number> {
  if (entry.kind !== 'folder') return (await lstatOf(join(copy, entry.path)))?.size ?? 0;
  let bytes = 0;
  for await (const { path } of filesBelow(copy, entry.path)) {
    bytes += (await lstatOf(join(copy, path)))?.size ?? 0;
  }
  return bytes;
}

/** Null where nothing is; a part of the path may be a file. */
async function lstatOf(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

function kindOf(found: Dirent | Stats): Entry['kind'] {
  if (found.isSymbolicLink()) return 'link';
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'other';
}
