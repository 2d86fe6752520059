import { type FacetName, facetNames } from './facets.ts';

/** The orders a list can have. `newest` is by approval, and what the files are sorted by. */
export const sortNames = ['newest', 'oldest', 'longest', 'tokens', 'largest'] as const;
export type SortName = (typeof sortNames)[number];

/** Which sessions, in which order. */
export interface Selection {
  /** A session has one of a facet's values, and so for each facet; of `fit` it has them all. */
  facets: Partial<Record<FacetName, readonly string[]>>;
  /** What was typed: a session has each of its words in title, topic or tags. */
  text: string;
  /** Months in which a session began, as `2026-03`, both included; null leaves that end open. */
  from: string | null;
  to: string | null;
  sort: SortName;
}

/** What an address asks for, and what in it nobody understands: sentences for the visitor. */
export interface Asked {
  selection: Selection;
  /** Counts from 1. */
  page: number;
  misunderstood: string[];
}

const mostText = 200;
const mostValues = 50;
const month = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** The selection of an address's query. Whatever is not understood is left out and told, never an error. */
export function readSelection(query: URLSearchParams): Asked {
  const misunderstood: string[] = [];
  const facets: Selection['facets'] = {};
  for (const name of facetNames) {
    const values = [...new Set(query.getAll(name))].filter((value) => value !== '');
    if (values.length > mostValues) {
      misunderstood.push(`Only the first ${mostValues} values of “${name}” are used.`);
    }
    if (values.length > 0)
      facets[name] = values.slice(0, mostValues).map((value) => value.slice(0, mostText));
  }

  const monthOf = (name: 'from' | 'to'): string | null => {
    const given = query.get(name);
    if (given === null || given === '') return null;
    if (month.test(given)) return given;
    misunderstood.push(`“${name}” is a month such as 2026-03; it is left out.`);
    return null;
  };
  const given = query.get('sort') ?? 'newest';
  const sort = sortNames.find((name) => name === given);
  if (sort === undefined) misunderstood.push(`There is no such order; these are the newest first.`);

  const page = Number(query.get('page') ?? '1');
  const isPage = Number.isInteger(page) && page >= 1 && page <= 1e7;
  if (!isPage) misunderstood.push('There is no such page; this is the first.');

  const known = new Set<string>([...facetNames, 'q', 'from', 'to', 'sort', 'page']);
  const unknown = [...new Set(query.keys())].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const names = unknown.slice(0, 3).map((name) => `“${name.slice(0, 40)}”`);
    misunderstood.push(`Nothing here is narrowed by ${names.join(', ')}; it is left out.`);
  }
  const text = (query.get('q') ?? '').slice(0, mostText);
  const selection = { facets, text, from: monthOf('from'), to: monthOf('to'), sort: sort ?? 'newest' };
  return { selection, page: isPage ? page : 1, misunderstood };
}

/** The query of a selection and page, always written the same way; empty for the first page of everything. */
export function selectionQuery({ facets, text, from, to, sort }: Selection, page = 1): URLSearchParams {
  const query = new URLSearchParams();
  if (text.trim() !== '') query.set('q', text.trim());
  for (const name of facetNames) for (const value of facets[name] ?? []) query.append(name, value);
  if (from !== null) query.set('from', from);
  if (to !== null) query.set('to', to);
  if (sort !== 'newest') query.set('sort', sort);
  if (page > 1) query.set('page', String(page));
  return query;
}
