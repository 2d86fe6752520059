import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/*
 * These look at names one by one and at once: handing each look to another thread takes longer than looking. Whoever goes
 * through many lets others have a turn in between.
 */

/** Something in a folder of the copy. Links are what they are here, never what they lead to. */
export interface Entry {
  name: string;
  /** Where it is in the copy, with / between folders. */
  path: string;
  kind: 'file' | 'folder' | 'link' | 'other';
}

/** What is in a folder of the copy, in the order of the names. The folder is one: whoever asks has looked. */
export function entriesOf(copy: string, path: string): Entry[] {
  return namesIn(join(copy, path))
    .map((entry) => ({ name: entry.name, path: `${path}/${entry.name}`, kind: kindOf(entry) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is at a path of the copy; null where nothing is. */
export function entryAt(copy: string, path: string): Entry | null {
  const found = statsAt(join(copy, path));
  return found && { name: path.slice(path.lastIndexOf('/') + 1), path, kind: kindOf(found) };
}

/** What is in a folder of the copy; nothing where there is none, or something else in its place. */
export function entriesIn(copy: string, path: string): Entry[] {
  return entryAt(copy, path)?.kind === 'folder' ? entriesOf(copy, path) : [];
}

/** Every file below a folder of the copy, and every link and other thing that is no folder. */
export async function* filesBelow(copy: string, path: string): AsyncGenerator<Entry> {
  await setImmediate();
  for (const entry of entriesIn(copy, path)) {
    if (entry.kind === 'folder') yield* filesBelow(copy, entry.path);
    else yield entry;
  }
}

/** How many bytes an entry and all that is below it have. */
export async function bytesOf(copy: string, entry: Entry): Promise<number> {
  if (entry.kind !== 'folder') return statsAt(join(copy, entry.path))?.size ?? 0;
  let bytes = 0;
  for await (const { path } of filesBelow(copy, entry.path)) bytes += statsAt(join(copy, path))?.size ?? 0;
  return bytes;
}

/** Null where nothing is; a part of the path may be a file. */
function statsAt(path: string): Stats | null {
  return ifThere(() => lstatSync(path));
}

function namesIn(folder: string): Dirent[] {
  return ifThere(() => readdirSync(folder, { withFileTypes: true })) ?? [];
}

/** What is there may be gone by the time one looks at it. */
function ifThere<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function kindOf(found: Dirent | Stats): Entry['kind'] {
  if (found.isSymbolicLink()) return 'link';
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'other';
}
