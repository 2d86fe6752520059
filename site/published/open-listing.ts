import { join } from 'node:path';
import type { Manifest } from '#domain/snapshot.ts';
import { facetNames } from '../browse/facets.ts';
import { browseVersion, facetTerm, loginTerm } from '../browse/files.ts';
import { readRow } from '../browse/make/read-rows.ts';
import { cardsAt } from '../browse/read/cards.ts';
import { openBrowse } from '../browse/read/open.ts';
import { findTerm } from '../browse/read/terms.ts';
import type { Summary } from '../browse/summary.ts';
import { diskFile, readPart } from './disk-file.ts';
import { type GistPlaces, openGistPlaces } from './gist-places.ts';
import type { Listing, Owner } from './listing.ts';

/** More accounts than one login will ever have had. */
const mostOwners = 100;

interface Folders {
  manifest: Manifest;
  summary: Summary;
  /** Folder of the snapshot's own files. */
  snapshot: string;
  /** Folder of its browse files. */
  browse: string;
}

/** A snapshot as pages read it: of its files, only what is asked for. */
export function openListing({ manifest, summary, snapshot, browse }: Folders): Listing {
  const files = openBrowse(summary, (name, bytes) => diskFile(join(browse, name), bytes));
  const rowsOf = async (term: string, from: number, count: number) => {
    const found = await findTerm(await files.terms(), term);
    if (found === null) return { rows: [], total: 0 };
    const end = Math.min(from + count, found.sessions);
    const rows =
      from < end ? await (await files.postings()).column('row', found.first + from, found.first + end) : [];
    return { rows: Array.from(rows, Number), total: found.sessions };
  };
  let places: Promise<GistPlaces> | null = null;
  return {
    manifest,
    summary,
    async cards(from, count) {
      const end = Math.min(from + count, summary.sessions);
      const rows = Array.from({ length: Math.max(0, end - from) }, (_, at) => from + at);
      return rows.length === 0 ? [] : cardsAt(await files.cards(), rows);
    },
    async cardsWith(facet, value, from, count) {
      if (summary.files === null) return { cards: [], total: 0 };
      const { rows, total } = await rowsOf(facetTerm(facet, value), from, count);
      return { cards: await cardsAt(await files.cards(), rows), total };
    },
    async row(gistId) {
      if (summary.files === null) return null;
      places ??= openGistPlaces(snapshot);
      // What could not be read may be there at the next request.
      places.catch(() => {
        places = null;
      });
      const place = await (await places)(gistId);
      if (place === null) return null;
      const submissions = join(snapshot, 'submissions.ndjson');
      const line = await readPart(submissions, place.offset, place.bytes);
      return readRow(line.toString('utf8'), `${submissions}, byte ${place.offset}`);
    },
    async ownersCalled(login) {
      if (summary.files === null) return [];
      const found: Owner[] = [];
      let { rows: left } = await rowsOf(loginTerm(login), 0, Number.POSITIVE_INFINITY);
      // An account's rows are in the index too, so one card tells of all of them.
      while (left.length > 0 && found.length < mostOwners) {
        const [newest] = await cardsAt(await files.cards(), left.slice(0, 1));
        if (newest === undefined) break;
        const id = newest.gist_owner_id;
        const { rows } = await rowsOf(facetTerm('contributor', id), 0, Number.POSITIVE_INFINITY);
        found.push({ id, login: newest.gist_owner_login, sessions: rows.length });
        const its = new Set(rows);
        left = left.filter((row) => !its.has(row));
      }
      return found;
    },
  };
}

/** The index before its first export. */
export const nothingListed: Listing = {
  manifest: null,
  summary: {
    browse_version: browseVersion,
    snapshot_id: null,
    sessions: 0,
    contributors: 0,
    bytes: 0,
    tool_calls: 0,
    input_tokens: 0,
    output_tokens: 0,
    facets: Object.fromEntries(
      facetNames.map((name) => [name, { values: [], more: 0 }]),
    ) as unknown as Summary['facets'],
    approved: [],
    started: [],
    files: null,
  },
  cards: async () => [],
  cardsWith: async () => ({ cards: [], total: 0 }),
  row: async () => null,
  ownersCalled: async () => [],
};
