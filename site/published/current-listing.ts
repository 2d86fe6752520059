import { cardOf } from '../browse/card.ts';
import { facetsOf } from '../browse/facets.ts';
import { summarise } from '../browse/make/summarise.ts';
import { currentSnapshot } from './current.ts';
import type { Listing } from './listing.ts';

/** The newest snapshot as pages read it. */
export async function currentListing(): Promise<Listing> {
  const { manifest, rows, byGist } = await currentSnapshot();
  return {
    manifest,
    summary: summarise(rows, manifest?.snapshot_id ?? null),
    cards: async (from, count) => rows.slice(from, from + count).map(cardOf),
    cardsWith: async (facet, value, from, count) => {
      const found = rows.filter((row) => facetsOf(row)[facet].includes(value));
      return { cards: found.slice(from, from + count).map(cardOf), total: found.length };
    },
    row: async (gistId) => byGist.get(gistId) ?? null,
  };
}
