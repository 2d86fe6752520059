import type { ColumnFacet } from '../../browse/facet-columns.ts';
import { type FacetName, facetNames } from '../../browse/facets.ts';
import { facetTerm, type Term } from '../../browse/files.ts';
import type { Browse } from '../../browse/read/open.ts';
import { findTerm, wordsBeginning } from '../../browse/read/terms.ts';
import type { Selection } from '../../browse/selection.ts';
import type { Summary } from '../../browse/summary.ts';
import { wordsOf } from '../../browse/words.ts';
import { type Wanted, wantsAny } from './columns.ts';

/** How a selection is looked for: a session is in all of `lists` and wanted by all of `columns`. */
export interface Plan {
  /** Each is a list of terms, of which a session has one. */
  lists: readonly (readonly Term[])[];
  columns: readonly { facet: ColumnFacet; wanted: Wanted }[];
  /** The one value that is all of the selection, by its place among the named ones; null where there is more to it. */
  only: number | null;
  /** The facet that all of the selection is about; null where there is more to it. */
  about: FacetName | null;
  /** Words that no session has, with those that begin alike and are looked for in their place. */
  unknown: readonly { word: string; instead: readonly Term[] }[];
}

const mostInstead = 12;
/** A list so short that reading it is less than reading a column, which tells more: what else could be chosen. */
const isShort = (list: number, { sessions }: Summary) => list <= Math.min(4_000, sessions / 100);

/** Reads of the index only what tells how to look. */
export async function planOf(browse: Browse, { facets, text, from, to }: Selection): Promise<Plan> {
  const lists: Term[][] = [];
  const columns: { facet: ColumnFacet; wanted: Wanted }[] = [];
  const unknown: { word: string; instead: Term[] }[] = [];
  const words = wordsOf(text);
  const wanted = facetNames.flatMap((facet) =>
    requirements(facet, facets[facet] ?? []).map((values) => ({ facet, values })),
  );

  for (const word of words) {
    const term = await findTerm(await browse.terms(), word);
    if (term === null) {
      const instead = await wordsBeginning(await browse.terms(), word, mostInstead);
      unknown.push({ word, instead });
      lists.push(instead);
    } else lists.push([term]);
  }
  const alone = wanted.length === 1 && words.length === 0 && from === null && to === null;
  for (const { facet, values } of wanted) {
    if (facet === 'contributor') lists.push(await termsOf(browse, facet, values));
    else {
      const terms = alone ? await termsOf(browse, facet, values) : namedTerms(browse, facet, values);
      if (terms !== null && (alone || isShort(sessionsOf(terms), browse.summary))) lists.push(terms);
      else columns.push({ facet, wanted: wantsAny(values) });
    }
  }
  if (from !== null || to !== null) {
    const months = (month: string) => month >= (from ?? '') && month <= (to ?? '9999-12');
    columns.push({ facet: 'month', wanted: (value) => value !== '' && months(value) });
  }
  return {
    lists,
    columns,
    only: alone ? placeOf(browse, wanted[0]) : null,
    about: alone ? (wanted[0]?.facet ?? null) : null,
    unknown,
  };
}

/** What a session must have under a facet, each time one of some values: each fitness, but one of other facets' values. */
function requirements(facet: FacetName, values: readonly string[]): readonly string[][] {
  if (values.length === 0) return [];
  return facet === 'fit' ? values.map((value) => [value]) : [[...values]];
}

const sessionsOf = (terms: readonly Term[]) => terms.reduce((sum, { sessions }) => sum + sessions, 0);

async function termsOf(browse: Browse, facet: FacetName, values: readonly string[]): Promise<Term[]> {
  const known = namedTerms(browse, facet, values);
  if (known !== null) return known;
  const found = await Promise.all(
    values.map(async (value) => findTerm(await browse.terms(), facetTerm(facet, value))),
  );
  return found.filter((term) => term !== null);
}

/** The terms of values that the summary names, without reading anything; null where it does not name one. */
function namedTerms({ summary }: Browse, facet: FacetName, values: readonly string[]): Term[] | null {
  const terms = values.map((value) => summary.facets[facet].values.find((named) => named.value === value));
  if (terms.some((term) => term === undefined)) return null;
  return terms
    .flatMap((term) => term ?? [])
    .map(({ value, sessions, first }) => ({
      term: facetTerm(facet, value),
      sessions,
      first,
    }));
}

function placeOf({ summary }: Browse, wanted: { facet: FacetName; values: readonly string[] } | undefined) {
  const [value, ...more] = wanted?.values ?? [];
  if (wanted === undefined || value === undefined || more.length > 0) return null;
  let place = 0;
  for (const facet of facetNames) {
    const { values } = summary.facets[facet];
    const at = facet === wanted.facet ? values.findIndex((named) => named.value === value) : -1;
    if (at >= 0) return place + at;
    place += values.length;
  }
  return null;
}
