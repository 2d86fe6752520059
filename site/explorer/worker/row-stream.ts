import type { Term } from '../../browse/files.ts';
import type { ParquetIn } from '../../browse/read/parquet-in.ts';

/** Rows that have one of some terms, newest first. */
export interface RowStream {
  /** At most so many rows. */
  sessions: number;
  /** The next of them before row `end`, ascending, each once. */
  below(end: number): Promise<Uint32Array>;
  /** True once all of them were given. */
  ended(): boolean;
}

// A page of postings to begin with: the newest of a common word are soon found.
const firstFetch = 4_096;
const mostFetch = 131_072;

export function rowStream(postings: () => Promise<ParquetIn>, terms: readonly Term[]): RowStream {
  const each = terms.map((term) => termStream(postings, term));
  return {
    sessions: terms.reduce((sum, { sessions }) => sum + sessions, 0),
    async below(end) {
      const found = await Promise.all(each.map((stream) => stream.below(end)));
      const [only, ...more] = found;
      if (more.length === 0) return only ?? new Uint32Array();
      return Uint32Array.from(new Set(found.flatMap((rows) => [...rows]))).sort();
    },
    ended: () => each.every((stream) => stream.ended()),
  };
}

function termStream(
  postings: () => Promise<ParquetIn>,
  { first, sessions }: Term,
): Omit<RowStream, 'sessions'> {
  let held = new Uint32Array();
  let fetched = 0;
  let size = firstFetch;
  const fetchMore = async () => {
    const to = Math.min(sessions, fetched + size);
    const more = await (await postings()).column('row', first + fetched, first + to);
    const longer = new Uint32Array(held.length + more.length);
    longer.set(held);
    longer.set(Uint32Array.from(more, Number), held.length);
    held = longer;
    fetched = to;
    size = Math.min(size * 2, mostFetch);
  };
  return {
    async below(end) {
      while (fetched < sessions && (held.at(-1) ?? -1) < end) await fetchMore();
      const at = held.findIndex((row) => row >= end);
      const below = at < 0 ? held : held.subarray(0, at);
      held = at < 0 ? new Uint32Array() : held.subarray(at);
      return below;
    },
    ended: () => fetched >= sessions && held.length === 0,
  };
}
