import { facetTerm } from '../files.ts';
import { namedValues } from '../named-values.ts';
import type { Summary } from '../summary.ts';
import type { IndexedTerms } from './index-terms.ts';

/**
 * The lines of together.parquet: for each value that the summary names, in its order, the bytes of its sessions, then the
 * place among the named ones and the count of each value that some of them have.
 */
export function togetherLines(
  summary: Pick<Summary, 'facets'>,
  terms: IndexedTerms,
  bytes: readonly number[],
): string[] {
  const named = namedValues(summary);
  const places = placesOf(
    named.map(({ facet, value }) => facetTerm(facet, value)),
    terms.terms,
  );
  const { starts, values } = turnedRound(places, terms, bytes.length);

  const size = named.length;
  const pairs = new Uint32Array(size * size);
  const sums = new Float64Array(size);
  for (let row = 0; row < bytes.length; row += 1) {
    const from = starts[row] ?? 0;
    const to = starts[row + 1] ?? 0;
    for (let one = from; one < to; one += 1) {
      const value = values[one] ?? 0;
      sums[value] = (sums[value] ?? 0) + (bytes[row] ?? 0);
      for (let other = from; other < to; other += 1) {
        const pair = value * size + (values[other] ?? 0);
        pairs[pair] = (pairs[pair] ?? 0) + 1;
      }
    }
  }
  return named.map((_, value) => {
    const line = [sums[value] ?? 0];
    for (let other = 0; other < size; other += 1) {
      const sessions = pairs[value * size + other] ?? 0;
      if (sessions > 0) line.push(other, sessions);
    }
    return JSON.stringify(line);
  });
}

/** Where these terms are in a sorted list that has them all. */
export function placesOf(wanted: readonly string[], sorted: readonly string[]): number[] {
  return wanted.map((term) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? '') < term) low = middle + 1;
      else high = middle;
    }
    if (sorted[low] !== term) throw new Error(`the index has no ${term.split(':')[1]} of this name`);
    return low;
  });
}

/** For each row which of the terms at these places it has: values[starts[row]] to before values[starts[row + 1]]. */
function turnedRound(places: readonly number[], { starts, rows }: IndexedTerms, sessions: number) {
  const rowsOf = (place: number) => rows.subarray(starts[place], starts[place + 1]);
  const begins = new Uint32Array(sessions + 1);
  for (const place of places) {
    for (const row of rowsOf(place)) begins[row + 1] = (begins[row + 1] ?? 0) + 1;
  }
  for (let row = 1; row < begins.length; row += 1) begins[row] = (begins[row] ?? 0) + (begins[row - 1] ?? 0);

  const next = begins.slice();
  const values = new Uint16Array(begins[sessions] ?? 0);
  places.forEach((place, value) => {
    for (const row of rowsOf(place)) {
      const at = next[row] ?? 0;
      values[at] = value;
      next[row] = at + 1;
    }
  });
  return { starts: begins, values };
}
