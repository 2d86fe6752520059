import { type FacetName, facetNames } from '../../browse/facets.ts';
import type { Selection } from '../../browse/selection.ts';

/** The selection with a value of a facet, or without it. */
export function withValue(selection: Selection, facet: FacetName, value: string, wanted: boolean): Selection {
  const others = (selection.facets[facet] ?? []).filter((each) => each !== value);
  const values = wanted ? [...others, value] : others;
  return { ...selection, facets: { ...selection.facets, [facet]: values } };
}

/** One thing that narrows a selection, and the selection without it. */
export interface Condition {
  kind: FacetName | 'text' | 'from' | 'to';
  value: string;
  without: Selection;
}

/** All that narrows a selection, in the order of an address. */
export function conditionsOf(selection: Selection): Condition[] {
  const { facets, text, from, to } = selection;
  const conditions: Condition[] = [];
  if (text.trim() !== '')
    conditions.push({ kind: 'text', value: text.trim(), without: { ...selection, text: '' } });
  for (const kind of facetNames) {
    for (const value of facets[kind] ?? [])
      conditions.push({ kind, value, without: withValue(selection, kind, value, false) });
  }
  if (from !== null) conditions.push({ kind: 'from', value: from, without: { ...selection, from: null } });
  if (to !== null) conditions.push({ kind: 'to', value: to, without: { ...selection, to: null } });
  return conditions;
}

/** A value as a facet offers it. `sessions` is null where it is not known how many more it would bring. */
export interface Offer {
  value: string;
  sessions: number | null;
  chosen: boolean;
}

/** Sessions by value, or that they are those of the whole index, or that nobody counted them. */
export type Counted = Readonly<Record<string, number>> | 'all' | 'unknown';

/**
 * The values of a facet in the order they are offered: chosen ones, then those with most sessions; of two that are equal
 * the one that is `known` first. Where values are alternatives and one is chosen, the counts of the selected sessions do
 * not say what another would bring; `others` do, and where nobody counted them the numbers are left out.
 */
export function offersOf(
  facet: FacetName,
  known: ReadonlyMap<string, number>,
  chosen: readonly string[],
  counted: Counted,
  others?: Readonly<Record<string, number>>,
): Offer[] {
  const alternatives = chosen.length > 0 && facet !== 'fit';
  const counts = typeof counted === 'string' ? {} : alternatives && others ? others : counted;
  const sessionsOf = (value: string): number | null => {
    if (counted === 'all') return known.get(value) ?? null;
    if (counted === 'unknown' || (alternatives && !others && !chosen.includes(value))) return null;
    return Object.hasOwn(counts, value) ? (counts[value] ?? 0) : 0;
  };
  const values = new Set([...known.keys(), ...Object.keys(counts), ...chosen]);
  const offers = [...values].map(
    (value): Offer => ({ value, sessions: sessionsOf(value), chosen: chosen.includes(value) }),
  );
  const rank = (offer: Offer) => (offer.chosen ? Number.POSITIVE_INFINITY : (offer.sessions ?? 0));
  return offers.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
}
