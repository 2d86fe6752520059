/** Somebody may invent as many models as there are rows: beyond these, values are counted and not named. */
const mostValues = 10_000;

/** How often each value occurs, and how many rows have none. */
export interface Values {
  counts: Map<string, number>;
  /** Occurrences of values beyond those that are named. */
  others: number;
  unknown: number;
}

export function noValues(): Values {
  return { counts: new Map(), others: 0, unknown: 0 };
}

/** Counts the values of one row; null where it is not known. */
export function addValues(values: Values, of: readonly string[] | string | null | undefined): void {
  if (of === null || of === undefined) {
    values.unknown += 1;
    return;
  }
  for (const value of new Set([of].flat())) {
    const count = values.counts.get(value);
    if (count === undefined && values.counts.size === mostValues) values.others += 1;
    else values.counts.set(value, (count ?? 0) + 1);
  }
}

/** The most frequent first, those as frequent in the order of the alphabet. */
export function ranked({ counts }: Values): [string, number][] {
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

/** A sum over the rows in which the number is known; null where it is in none. */
export interface Sum {
  sum: number | null;
  known: number;
}

export function addTo(total: Sum, number: number | null | undefined): void {
  if (number === null || number === undefined) return;
  total.sum = (total.sum ?? 0) + number;
  total.known += 1;
}

/** The first and last of times, which are in order as text. */
export interface Span {
  first: string | null;
  last: string | null;
}

export function addTime(span: Span, time: string | null | undefined): void {
  if (time === null || time === undefined) return;
  if (span.first === null || time < span.first) span.first = time;
  if (span.last === null || time > span.last) span.last = time;
}
