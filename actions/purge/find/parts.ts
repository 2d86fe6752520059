import type { Found, Ground, Place, Task } from './found.ts';

/** What of a file may not stay, gist by gist, as it is read. */
export interface Parts {
  /** A line or row that has to go. */
  goes(gistId: string | null, ground: Ground, bytes: number): void;
  /** One that stays. */
  stays(): void;
  /** What is to be done with the file; null where all of it stays. */
  task(what: 'lines' | 'rows'): Task | null;
}

export function partsOf(place: Place, path: string): Parts {
  const found = new Map<string, Found>();
  let isAll = true;
  return {
    goes(gist_id, ground, bytes) {
      const key = `${gist_id} ${ground.kind}`;
      const one = found.get(key) ?? { place, path, gist_id, lines: 0, bytes: 0, ...ground };
      found.set(key, { ...one, lines: (one.lines ?? 0) + 1, bytes: one.bytes + bytes });
    },
    stays() {
      isAll = false;
    },
    task(what) {
      if (found.size === 0) return null;
      return { path, what: isAll ? 'all' : what, found: [...found.values()] };
    },
  };
}
