import type { DatasetRow } from '#domain/dataset-row.ts';
import { type FacetName, facetNames } from './facets.ts';

/**
 * The facets that facets.parquet has a column for. Contributors are too many for one: who has what is told by the index and,
 * for few sessions, by their cards.
 */
export const columnFacets = facetNames.filter((name) => name !== 'contributor');
export type ColumnFacet = Exclude<FacetName, 'contributor'>;

/**
 * Numbers of a session: those that lists are sorted by, -1 where they are not known, and `line`, the bytes of its line in
 * submissions.ndjson with its end. Where the first line of each row group begins is in the file's key `lines`.
 */
export const measures = ['messages', 'tokens', 'bytes', 'line'] as const;
export type Measure = (typeof measures)[number];

/** Stands between the values of a session that has several. */
const separator = '\u001f';

/** A session's values under a facet as one text: what several sessions have alike is then written once. */
export function joinValues(values: readonly string[]): string {
  return values.map(asJoined).join(separator);
}

/** A value as it is among joined ones. */
export function asJoined(value: string): string {
  return value.replaceAll(separator, ' ');
}

export function splitValues(text: string): string[] {
  return text === '' ? [] : text.split(separator);
}

export function measuresOf(row: DatasetRow): Omit<Record<Measure, number>, 'line'> {
  return {
    messages: sum(row.user_messages, row.assistant_messages),
    tokens: sum(row.input_tokens, row.output_tokens),
    bytes: Math.min(row.total_bytes, mostNumber),
  };
}

/** Parquet's INT32. */
const mostNumber = 0x7fffffff;

function sum(a: number | null, b: number | null): number {
  return a === null && b === null ? -1 : Math.min((a ?? 0) + (b ?? 0), mostNumber);
}
