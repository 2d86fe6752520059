import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { coarseClock } from './listing.ts';

/** What tells that a file has not been touched since. */
export interface FileStamp {
  changed: number;
  inode: number;
  size: number;
}

/** A file's bytes, when they last changed (milliseconds), and a stamp if it may be trusted later. */
export interface FileReading {
  bytes: Buffer;
  modified: number;
  stamp: FileStamp | null;
}

function stampOf(stat: Stats): FileStamp {
  return { changed: stat.ctimeMs, inode: stat.ino, size: stat.size };
}

/** When the file last changed (milliseconds), if it still bears this stamp. */
export function modifiedIfSame(path: string, stamp: FileStamp): number | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  const now = stampOf(stat);
  const same = now.changed === stamp.changed && now.inode === stamp.inode && now.size === stamp.size;
  return same ? stat.mtimeMs : undefined;
}

/** What opening says of a file that is gone, a link, or a socket. */
const notPlain = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']);

/** Reads a plain file; undefined when it is gone, is a link, or is no plain file. */
export function readPlainFile(path: string): FileReading | undefined {
  const now = Date.now();
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && notPlain.has(String(error.code))) return undefined;
    throw error;
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return undefined;
    const bytes = readFileSync(file);
    return { bytes, modified: stat.mtimeMs, stamp: now - stat.ctimeMs > coarseClock ? stampOf(stat) : null };
  } finally {
    closeSync(file);
  }
}
