import type { DatasetRow } from '#domain/dataset-row.ts';
import { type FacetName, facetNames } from '../facets.ts';
import { browseVersion } from '../files.ts';
import type { Summary } from '../summary.ts';

/** Most values of a facet that are named with their counts: as many as anybody would read. */
const mostNamed: Readonly<Record<FacetName, number>> = {
  agent: 50,
  model: 100,
  language: 100,
  license: 50,
  length: 10,
  month: 120,
  fit: 10,
  tag: 100,
  contributor: 50,
};

/** A summary before the browse files are written that it points into. */
export type Counted = Omit<Summary, 'facets' | 'files'> & {
  facets: Record<
    FacetName,
    { values: Omit<Summary['facets'][FacetName]['values'][number], 'first'>[]; more: number }
  >;
};

/** Counts rows one by one, so that they need not all be there at once. */
export class Tally {
  #sums = { sessions: 0, bytes: 0, tool_calls: 0, input_tokens: 0, output_tokens: 0 };
  #facets = new Map(facetNames.map((name) => [name, new Map<string, number>()]));
  #logins = new Map<string, string>();
  #approved = new Map<string, number>();

  add(row: DatasetRow, facets: Record<FacetName, readonly string[]>): void {
    const sums = this.#sums;
    sums.sessions += 1;
    sums.bytes += row.total_bytes;
    sums.tool_calls += row.tool_calls ?? 0;
    sums.input_tokens += row.input_tokens ?? 0;
    sums.output_tokens += row.output_tokens ?? 0;
    for (const [name, counts] of this.#facets) for (const value of facets[name]) increase(counts, value);
    // The newest approval comes first, and logins are renamed.
    if (!this.#logins.has(row.gist_owner_id)) this.#logins.set(row.gist_owner_id, row.gist_owner_login);
    increase(this.#approved, row.approved_at.slice(0, 7));
  }

  counted(snapshotId: string | null): Counted {
    const values = (name: FacetName) => [...(this.#facets.get(name) ?? [])].sort(mostFirst);
    const facets = facetNames.map((name) => {
      const all = values(name);
      const named = all.slice(0, mostNamed[name]).map(([value, sessions]) => ({
        value,
        label: name === 'contributor' ? (this.#logins.get(value) ?? null) : null,
        sessions,
      }));
      return [name, { values: named, more: all.length - named.length }] as const;
    });
    return {
      browse_version: browseVersion,
      snapshot_id: snapshotId,
      ...this.#sums,
      contributors: this.#logins.size,
      facets: Object.fromEntries(facets) as Counted['facets'],
      approved: byMonth(this.#approved),
      started: byMonth(this.#facets.get('month') ?? new Map()),
    };
  }
}

function increase(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Of two with the same count, the one that comes first in the alphabet: the same rows give the same bytes. */
function mostFirst([a, m]: [string, number], [b, n]: [string, number]): number {
  return n - m || (a < b ? -1 : 1);
}

function byMonth(counts: ReadonlyMap<string, number>): Summary['approved'] {
  const months = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return months.map(([month, sessions]) => ({ month, sessions }));
}
