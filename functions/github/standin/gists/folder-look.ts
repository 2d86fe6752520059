import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { BlobStore } from './blob-store.ts';
import type { GistPlace } from './folder-index.ts';
import { gitBlobSha, type TreeFile } from './git-hash.ts';
import { coarseClock } from './listing.ts';
import { type FileStamp, modifiedIfSame, readPlainFile } from './read-file.ts';
import { defaultSettings, type GistSettings, parseSettings, settingsFile } from './settings.ts';

/** What one look at a gist's folder finds. Times in milliseconds. */
export interface FolderLook {
  /** Sorted by name. */
  files: TreeFile[];
  settings: GistSettings;
  /** When a file last changed, appeared or went. */
  contentModified: number;
  /** When the settings last changed; 0 without settings. */
  settingsModified: number;
  oldestFile: number;
}

interface KnownFile extends TreeFile {
  stamp: FileStamp | null;
}

interface KnownFolder {
  /** Names inside, good as long as the folder still says it changed at `changed`. */
  names: string[];
  changed: number;
  files: Map<string, KnownFile>;
  settings: { value: GistSettings; stamp: FileStamp | null; text: string } | null;
}

function statFolder(path: string): Stats | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() ? stat : undefined;
}

function namesInside(path: string, stat: Stats, folder: KnownFolder): string[] {
  if (stat.ctimeMs === folder.changed) return folder.names;
  const now = Date.now();
  folder.names = readdirSync(path).sort();
  folder.changed = now - stat.ctimeMs > coarseClock ? stat.ctimeMs : -1;
  return folder.names;
}

/** Looks at gist folders, reading again only files that changed since the last look. */
export function createFolderLooks(dir: string, blobs: BlobStore, log: (line: string) => void) {
  const known = new Map<string, KnownFolder>();

  function lookAtFile(path: string, name: string, folder: KnownFolder) {
    const before = folder.files.get(name);
    const modified = before?.stamp ? modifiedIfSame(path, before.stamp) : undefined;
    if (before && modified !== undefined) return { file: before, modified };
    const reading = readPlainFile(path);
    if (!reading) return undefined;
    const blob = gitBlobSha(reading.bytes);
    blobs.keep(blob, reading.bytes);
    const file: KnownFile = { name, size: reading.bytes.length, blob, stamp: reading.stamp };
    folder.files.set(name, file);
    return { file, modified: reading.modified };
  }

  function lookAtSettings(path: string, folder: KnownFolder): { value: GistSettings; modified: number } {
    const before = folder.settings;
    const modified = before?.stamp ? modifiedIfSame(path, before.stamp) : undefined;
    if (before && modified !== undefined) return { value: before.value, modified };
    const reading = readPlainFile(path);
    if (!reading) return { value: defaultSettings, modified: 0 };
    const text = reading.bytes.toString('utf8');
    const { settings, complaint } = parseSettings(text);
    if (complaint && before?.text !== text) log(`${path} ${complaint}`);
    folder.settings = { value: settings, stamp: reading.stamp, text };
    return { value: settings, modified: reading.modified };
  }

  /** The gist's folder as it is now, or undefined if there is none. */
  function look(place: GistPlace): FolderLook | undefined {
    const path = join(dir, place.login, place.name);
    const stat = statFolder(join(dir, place.login)) && statFolder(path);
    if (!stat) {
      known.delete(place.id);
      return undefined;
    }
    const folder = known.get(place.id) ?? { names: [], changed: -1, files: new Map(), settings: null };
    known.set(place.id, folder);

    const names = namesInside(path, stat, folder);
    const settings = names.includes(settingsFile)
      ? lookAtSettings(join(path, settingsFile), folder)
      : { value: defaultSettings, modified: 0 };
    const seen = names
      .filter((name) => name !== settingsFile)
      .map((name) => lookAtFile(join(path, name), name, folder))
      .filter((file) => file !== undefined);

    if (folder.files.size > seen.length) {
      folder.files = new Map(seen.map(({ file }) => [file.name, file]));
    }
    const times = seen.map(({ modified }) => modified);
    return {
      files: seen.map(({ file: { name, size, blob } }) => ({ name, size, blob })),
      settings: settings.value,
      contentModified: Math.max(stat.mtimeMs, ...times),
      settingsModified: settings.modified,
      oldestFile: Math.min(stat.mtimeMs, ...times),
    };
  }

  return look;
}
