import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { JobFailure } from '../../failure.ts';

/** Folders of a copy, made where they are not there. Nothing is written through a link that somebody put there. */
export interface Folders {
  /** A folder that many files share, and those it is in; each is looked at once. Returns its whole path. */
  share(path: string): string;
  /** A folder in one that was opened before; `made` where it was not there. `isNew`: it was looked for already. */
  enter(path: string, isNew: boolean): { path: string; made: boolean };
}

/** Paths are within the copy, with / between folders. `copy` itself may be a link. */
export function foldersIn(copy: string): Folders {
  const shared = new Map<string, string>();
  return {
    share(path) {
      const known = shared.get(path);
      if (known !== undefined) return known;
      const parts = path.split('/');
      for (let depth = 1; depth <= parts.length; depth += 1) open(join(copy, ...parts.slice(0, depth)));
      const whole = join(copy, path);
      shared.set(path, whole);
      return whole;
    },
    enter(path, isNew) {
      const whole = join(copy, path);
      return { path: whole, made: isNew ? make(whole) : open(whole) };
    },
  };
}

/** Makes the folder if it is not there; true if it was made. */
function open(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return make(path);
  if (found.isDirectory()) return false;
  const what = found.isSymbolicLink() ? 'a link' : 'no folder';
  throw new JobFailure(
    `${path} is ${what}, and nothing is written through it. Remove it, then run this again.`,
  );
}

function make(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    // Another shard was faster.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return open(path);
    throw error;
  }
}
