import { lstatSync, readdirSync } from 'node:fs';

/** The folders directly inside one folder. */
export interface Listing {
  /** Names, sorted. The very same array as long as nothing changed; empty when the folder is gone. */
  folders(): readonly string[];
}

/**
 * File systems stamp changes with a coarse clock: what changed within this many milliseconds before it was
 * read may change again under the same stamp, so such a reading is not kept. The clock of a busy virtual machine is
 * late by far more than its tick.
 */
export const coarseClock = 1000;

const none: readonly string[] = [];

/** A listing of `path` that reads the folder again only when it changed. Links count as nothing. */
export function createListing(path: string): Listing {
  let stamp = -1;
  let names = none;

  return {
    // Synchronous, as everything that looks at the gists folder: one look is one moment.
    folders() {
      const now = Date.now();
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (!stat?.isDirectory()) {
        stamp = -1;
        names = none;
        return names;
      }
      if (stat.ctimeMs === stamp) return names;
      const read = readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort();
      if (read.length !== names.length || read.some((name, index) => name !== names[index])) names = read;
      stamp = now - stat.ctimeMs > coarseClock ? stat.ctimeMs : -1;
      return names;
    },
  };
}
