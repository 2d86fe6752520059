import { type Found, type Ground, type Place, places } from './find/found.ts';

interface Sum {
  /** Paths that go whole, or files of which a part goes. */
  paths: number;
  /** Lines or rows of the latter. */
  lines: number;
  bytes: number;
}

/** What was found, in numbers, and the first of each kind by name. */
export interface Counts {
  places: Map<Place, Sum>;
  /** Gists by how they departed. One may be here in many places. */
  gists: Map<Ground['kind'], Set<string>>;
  /** Everything of each kind. */
  kinds: Map<Ground['kind'], number>;
  named: Found[];
}

export function noCounts(): Counts {
  return { places: new Map(), gists: new Map(), kinds: new Map(), named: [] };
}

/** Counts in what a task found; up to `most` of each kind are kept by name. */
export function count(counts: Counts, found: readonly Found[], most: number): void {
  for (const [index, one] of found.entries()) {
    const sum = counts.places.get(one.place) ?? { paths: 0, lines: 0, bytes: 0 };
    counts.places.set(one.place, {
      paths: sum.paths + (index === 0 ? 1 : 0),
      lines: sum.lines + (one.lines ?? 0),
      bytes: sum.bytes + one.bytes,
    });
    const before = counts.kinds.get(one.kind) ?? 0;
    counts.kinds.set(one.kind, before + 1);
    if (before < most) counts.named.push(one);
    if (one.gist_id === null) continue;
    const gists = counts.gists.get(one.kind) ?? new Set();
    counts.gists.set(one.kind, gists.add(one.gist_id));
  }
}

/** How many things were found. */
export function total({ kinds }: Counts): number {
  return [...kinds.values()].reduce((sum, number) => sum + number, 0);
}

/** For programs: plain objects, the places in the order in which they are looked at. */
export function countsObject(counts: Counts) {
  const inOrder = places.filter((place) => counts.places.has(place));
  return {
    places: Object.fromEntries(inOrder.map((place) => [place, counts.places.get(place)])),
    kinds: Object.fromEntries(counts.kinds),
    sessions: Object.fromEntries([...counts.gists].map(([kind, gists]) => [kind, gists.size])),
    found: counts.named,
  };
}
