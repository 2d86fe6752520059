import {
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Shard, storedPath } from '../../copy/layout.ts';
import type { ListedFile } from '../../copy/listed-row.ts';
import { isBlob } from './blob-check.ts';
import type { Folders } from './folders.ts';

type Blob = Pick<ListedFile, 'bytes' | 'git_blob_sha'>;

/** A file that is being written, out of sight. */
export interface Part {
  write(piece: Uint8Array): void;
  /** It is the blob: it takes its place in the store. */
  keep(): void;
  /** Takes away what was not kept; does nothing where all is done. */
  discard(): void;
}

/** The bytes of a copy, each once, by their git blob sha. */
export interface Store {
  has(blob: Blob): boolean;
  part(blob: Blob): Part;
  /** Gives the blob this path too; false where the store has it no more. Takes the place of what is there. */
  place(blob: Blob, path: string): boolean;
  /** Takes away what no other name needs. */
  release(gitBlobSha: string): void;
  forget(gitBlobSha: string): void;
}

/** Where links cannot be made: on some network and FAT file systems, or too many of one file. */
const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EACCES'];
/** Smaller files come in one piece and are written by one call. */
const mostHeld = 256 * 1024;

/** Opens a copy's store and removes what an earlier run of the same shard had begun. `hashed`: no file is taken for what its name says. */
export function openStore(copy: string, folders: Folders, shard: Shard, hashed: boolean): Store {
  const parts = folders.share('.part');
  const mark = `fetch-${shard.index}-of-${shard.of}-`;
  for (const name of readdirSync(parts))
    if (name.startsWith(mark)) rmSync(join(parts, name), { force: true });
  let count = 0;
  const newPart = () => {
    count += 1;
    return join(parts, `${mark}${count}`);
  };
  const where = ({ git_blob_sha }: Blob) => join(copy, storedPath(git_blob_sha));
  const spare: Buffer[] = [];
  /** Blobs that were looked at in this run. */
  const known = new Set<string>();

  function keep(blob: Blob, part: string): void {
    folders.share(`store/${blob.git_blob_sha.slice(0, 2)}`);
    renameSync(part, where(blob));
  }

  return {
    has(blob) {
      folders.share(`store/${blob.git_blob_sha.slice(0, 2)}`);
      if (!hashed || known.has(blob.git_blob_sha)) return isFileOf(where(blob), blob.bytes);
      if (!isBlob(where(blob), blob)) return false;
      known.add(blob.git_blob_sha);
      return true;
    },
    part(blob) {
      return blob.bytes <= mostHeld
        ? heldPart(newPart, blob, keep, spare)
        : writtenPart(newPart(), blob, keep);
    },
    place(blob, path) {
      const from = where(blob);
      try {
        linkOver(from, path);
        return true;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false;
        if (!noLinks.includes(codeOf(error))) throw error;
      }
      const part = newPart();
      try {
        copyFileSync(from, part, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
        renameSync(part, path);
        return true;
      } catch (error) {
        rmSync(part, { force: true });
        if (codeOf(error) === 'ENOENT') return false;
        throw error;
      }
    },
    release(sha) {
      const path = join(copy, storedPath(sha));
      folders.share(`store/${sha.slice(0, 2)}`);
      if (lstatSync(path, { throwIfNoEntry: false })?.nlink === 1) rmSync(path, { force: true });
    },
    forget(sha) {
      folders.share(`store/${sha.slice(0, 2)}`);
      rmSync(join(copy, storedPath(sha)), { force: true });
    },
  };
}

/** Is it a plain file of so many bytes, and no link? */
export function isFileOf(path: string, bytes: number): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size === bytes;
}

function linkOver(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    rmSync(to, { recursive: true, force: true });
    linkSync(from, to);
  }
}

/** A file that comes whole before it is written, by one call. What it is held in is used again. */
function heldPart(
  path: () => string,
  blob: Blob,
  keep: (blob: Blob, part: string) => void,
  spare: Buffer[],
): Part {
  let held: Buffer | null = spare.pop() ?? Buffer.allocUnsafeSlow(mostHeld);
  let bytes = 0;
  const discard = () => {
    if (held !== null) spare.push(held);
    held = null;
  };
  return {
    write(piece) {
      if (held === null) return;
      held.set(piece, bytes);
      bytes += piece.length;
    },
    keep() {
      if (held === null) return;
      const part = path();
      try {
        writeFileSync(part, held.subarray(0, bytes), { flag: 'wx' });
        keep(blob, part);
      } catch (error) {
        rmSync(part, { force: true });
        throw error;
      } finally {
        discard();
      }
    },
    discard,
  };
}

function writtenPart(path: string, blob: Blob, keep: (blob: Blob, part: string) => void): Part {
  const file = openSync(path, 'wx');
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  let isOver = false;
  const discard = () => {
    if (isOver) return;
    isOver = true;
    close();
    rmSync(path, { force: true });
  };
  return {
    write(piece) {
      // The number of a closed file may be another file's by now.
      if (!isOpen) return;
      for (let from = 0; from < piece.length; ) from += writeSync(file, piece, from);
    },
    keep() {
      try {
        close();
        keep(blob, path);
        isOver = true;
      } catch (error) {
        discard();
        throw error;
      }
    },
    discard,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
