import {
  asJoined,
  type ColumnFacet,
  columnFacets,
  type Measure,
  splitValues,
} from '../../browse/facet-columns.ts';
import type { ParquetIn } from '../../browse/read/parquet-in.ts';

/** A facet's column of one row group: each session's values are one text, told by its place among the texts. */
export interface Values {
  codes: Uint32Array;
  texts: readonly string[];
}

/** Columns of facets.parquet, group by group, each fetched once. */
export interface Columns {
  values(facet: ColumnFacet, group: number): Promise<Values>;
  numbers(measure: Measure, group: number): Promise<Int32Array>;
  /** Fetches all facets of a group at once. */
  hold(group: number): Promise<void>;
  groups: ParquetIn['groups'];
  /** Where the first line of each group begins in submissions.ndjson, in bytes. */
  lines: readonly number[];
}

export function columnsOf(facets: ParquetIn): Columns {
  const values = new Map<string, Promise<Values>>();
  const numbers = new Map<string, Promise<Int32Array>>();
  const read = (name: string, group: number) => {
    const { from, to } = facets.groups[group] ?? { from: 0, to: 0 };
    return facets.column(name, from, to);
  };
  const lines: unknown = JSON.parse(facets.keys.get('lines') ?? '[]');
  return {
    groups: facets.groups,
    lines: Array.isArray(lines) ? lines.map(Number) : [],
    values: (facet, group) => once(values, `${facet} ${group}`, async () => coded(await read(facet, group))),
    numbers: (measure, group) =>
      once(numbers, `${measure} ${group}`, async () => Int32Array.from(await read(measure, group), Number)),
    async hold(group) {
      if (!columnFacets.every((facet) => values.has(`${facet} ${group}`)))
        await facets.hold(group, columnFacets);
    },
  };
}

function once<Value>(kept: Map<string, Promise<Value>>, key: string, read: () => Promise<Value>) {
  const found = kept.get(key) ?? read();
  kept.set(key, found);
  found.catch(() => kept.delete(key));
  return found;
}

function coded(column: ArrayLike<unknown>): Values {
  const places = new Map<unknown, number>();
  const codes = Uint32Array.from(column, (text) => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return { codes, texts: Array.from(places.keys(), String) };
}

/** What a session must have under a facet, told by its joined values. */
export type Wanted = (text: string) => boolean;

export function wantsAny(values: readonly string[]): Wanted {
  const wanted = new Set(values.map(asJoined));
  return (text) => splitValues(text).some((value) => wanted.has(value));
}

/** Those of `rows`, numbers within a group, whose values are wanted. */
export function kept(rows: Uint32Array, { codes, texts }: Values, wanted: Wanted): Uint32Array {
  const isWanted = texts.map(wanted);
  return rows.filter((row) => isWanted[codes[row] ?? 0]);
}

/** Adds to `counts` how many of `rows`, numbers within a group, have each value. */
export function countValues(
  counts: Record<string, number>,
  rows: Uint32Array,
  { codes, texts }: Values,
): void {
  const tally = new Uint32Array(texts.length);
  for (const row of rows) tally[codes[row] ?? 0] = (tally[codes[row] ?? 0] ?? 0) + 1;
  texts.forEach((text, code) => {
    const sessions = tally[code] ?? 0;
    if (sessions > 0) for (const value of splitValues(text)) counts[value] = (counts[value] ?? 0) + sessions;
  });
}
