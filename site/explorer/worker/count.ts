import type { Card } from '../../browse/card.ts';
import { type ColumnFacet, columnFacets } from '../../browse/facet-columns.ts';
import { type FacetName, facetNames, facetsOf } from '../../browse/facets.ts';
import { namedValues } from '../../browse/named-values.ts';
import type { Browse } from '../../browse/read/open.ts';
import type { Summary } from '../../browse/summary.ts';
import type { Counts } from '../protocol.ts';
import { type Columns, countValues, kept } from './columns.ts';
import type { Plan } from './plan.ts';
import type { Found } from './scan.ts';

/** What a selection comes to. */
export interface Total {
  sessions: number;
  bytes: number | null;
  counts: Counts;
}

function nothing(): Record<FacetName, Record<string, number>> {
  // Values are what contributors wrote: one may be called like something every object has.
  return Object.fromEntries(facetNames.map((name) => [name, Object.create(null)])) as Counts & {
    contributor: Record<string, number>;
  };
}

/** Of all sessions, from the summary alone. */
export function countAll(summary: Summary): Total {
  const counts = nothing();
  for (const name of facetNames) {
    for (const { value, sessions } of summary.facets[name].values) counts[name][value] = sessions;
  }
  return { sessions: summary.sessions, bytes: summary.bytes, counts };
}

/** Of the sessions that have the summary's named value number `place`. */
export async function countTogether(browse: Browse, place: number): Promise<Total> {
  const [text] = await (await browse.together()).column('counts', place, place + 1);
  const line: unknown = JSON.parse(String(text));
  if (!Array.isArray(line)) throw new Error('not a line of counts');
  const named = namedValues(browse.summary);
  const counts = nothing();
  for (let at = 1; at + 1 < line.length; at += 2) {
    const value = named[Number(line[at])];
    if (value) counts[value.facet][value.value] = Number(line[at + 1]);
  }
  const own = named[place];
  return {
    sessions: own ? (counts[own.facet][own.value] ?? 0) : 0,
    bytes: Number(line[0]),
    counts,
  };
}

/** Of few sessions, from their cards, which have been read already or are soon. */
export function countCards(cards: readonly Card[]): Total {
  const counts = nothing();
  for (const card of cards) {
    const values = facetsOf(card);
    for (const name of facetNames) {
      for (const value of values[name]) counts[name][value] = (counts[name][value] ?? 0) + 1;
    }
  }
  const bytes = cards.reduce((sum, { total_bytes }) => sum + total_bytes, 0);
  return { sessions: cards.length, bytes, counts };
}

/** Adds the sessions found in a row group. */
export async function countGroup(total: Total, columns: Columns, { group, rows }: Found): Promise<void> {
  total.sessions += rows.length;
  await columns.hold(group);
  for (const facet of columnFacets) {
    countValues(total.counts[facet], rows, await columns.values(facet, group));
  }
}

/** The facets of which what else could be chosen is counted: those whose columns tell it, and whose values are alternatives. */
export function noOthersYet({ columns }: Plan): Partial<Record<ColumnFacet, Record<string, number>>> {
  const facets = new Set(columns.map(({ facet }) => facet).filter((facet) => facet !== 'fit'));
  return Object.fromEntries(Array.from(facets, (facet) => [facet, Object.create(null)]));
}

/** Adds to each of these facets the sessions of a row group that all but the facet itself is wanted of. */
export async function countOthers(
  others: ReturnType<typeof noOthersYet>,
  plan: Plan,
  columns: Columns,
  { group, listed }: Found,
): Promise<void> {
  for (const [facet, counts] of Object.entries(others)) {
    let rows = listed;
    for (const column of plan.columns) {
      if (column.facet !== facet) rows = kept(rows, await columns.values(column.facet, group), column.wanted);
    }
    countValues(counts, rows, await columns.values(facet as ColumnFacet, group));
  }
}

/** The bytes of the sessions found in a row group. */
export async function weighGroup(columns: Columns, { group, rows }: Found): Promise<number> {
  const bytes = await columns.numbers('bytes', group);
  return rows.reduce((sum, row) => sum + (bytes[row] ?? 0), 0);
}

/** Before any session was counted; contributors are not counted group by group. */
export function noneYet(): Total {
  return { sessions: 0, bytes: null, counts: { ...nothing(), contributor: null } };
}
