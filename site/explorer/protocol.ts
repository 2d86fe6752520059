import type { Card } from '../browse/card.ts';
import type { FacetName } from '../browse/facets.ts';
import type { Selection } from '../browse/selection.ts';

/**
 * Of a facet of which something is chosen: how many sessions have each value among those that all else is wanted of, which
 * is what choosing it too would bring. Facets are left out where that was not counted.
 */
export type Others = Partial<Record<FacetName, Record<string, number>>>;

/** A published file, by its address and size in bytes. */
export interface Published {
  address: string;
  bytes: number;
}

/** Where a worker finds the index. Sent once, before any question. */
export interface Opening {
  kind: 'open';
  /** Address of the snapshot's browse files, with a slash at its end. */
  browse: string;
  submissions: Published;
  urls: Published;
}

/** What the page asks its worker. A newer question ends the one before of its kind; its answers stop. */
export type Question =
  /** `whole`: look through all of a large index, where it would stop once the page is found. */
  | { id: number; kind: 'look'; selection: Selection; page: number; whole: boolean }
  /** The bytes of a selection's sessions, which a large index does not count unasked. Answered by `found`. */
  | { id: number; kind: 'weigh'; selection: Selection }
  /** Every session of the selection, as lines of a file. */
  | { id: number; kind: 'take'; selection: Selection; form: 'urls' | 'ndjson' };

/** Nobody waits for any answer any more. */
export interface Forgetting {
  kind: 'forget';
}

/** How many sessions have each value, among those selected. Values that none has are left out. */
export type Counts = Record<Exclude<FacetName, 'contributor'>, Record<string, number>> & {
  contributor: Record<string, number> | null;
};

/**
 * What the worker answers, each as soon as it is known. To `look`: `similar` where a word is not known, `page`, any number of
 * `progress`, then `found` and `counts`, or `stopped`; or `trouble` at any time. To `take`: `progress` and `fetched`, then
 * `file` or `trouble`.
 */
export type Answer =
  /** The cards of the page; `total` is exact, or null while only the first were looked for. */
  | { id: number; kind: 'page'; cards: Card[]; page: number; total: number | null }
  /** Sessions looked at so far, of all there are; matches among them. */
  | { id: number; kind: 'progress'; read: number; of: number; found: number }
  /** The page was found and the rest of a large index was not looked through: ask again with `whole` for counts. */
  | { id: number; kind: 'stopped'; read: number; of: number; found: number }
  /** What the whole selection comes to; `bytes` is null where it was not counted yet: ask `weigh`. */
  | { id: number; kind: 'found'; total: number; bytes: number | null; licenses: Record<string, number> }
  /** Counts of contributors are null where they were not counted: too many sessions. */
  | { id: number; kind: 'counts'; counts: Counts; others: Others }
  /** Words that begin like one that no session has, with how many sessions have them. */
  | { id: number; kind: 'similar'; word: string; words: { word: string; sessions: number }[] }
  /** Lines of the file that were fetched so far. */
  | { id: number; kind: 'fetched'; read: number; of: number }
  | { id: number; kind: 'file'; lines: Blob; sessions: number }
  /** A sentence: what is wrong and what to do. */
  | { id: number; kind: 'trouble'; sentence: string };
