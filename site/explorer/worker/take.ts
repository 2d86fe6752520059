import { httpFile } from '../../browse/read/http-file.ts';
import { BrowseTrouble } from '../../browse/read/trouble.ts';
import type { Selection } from '../../browse/selection.ts';
import type { Opening } from '../protocol.ts';
import type { Columns } from './columns.ts';
import type { Look } from './look.ts';
import { planOf } from './plan.ts';
import { type Found, scan } from './scan.ts';

/** Most bytes of rows that a browser is made to fetch, those between included that come along. */
const mostBytes = 150_000_000;
/** So many addresses are taken from their rows; more of them from the file of all addresses, line by line. */
const fewAddresses = 1_000;
/** Lines nearer than this are fetched in one stretch, in bytes. */
const near = 16_384;
const atOnce = 6;

/** The sessions of a selection as lines of a file, newest approval first. Null when nobody waits any more. */
export async function take(
  selection: Selection,
  form: 'urls' | 'ndjson',
  opening: Opening,
  looking: Look,
): Promise<{ lines: Blob; sessions: number } | null> {
  const groups = await search(selection, looking);
  if (groups === null) return null;
  const columns = await looking.columns();
  const sessions = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  if (form === 'urls' && sessions > fewAddresses) {
    const lines = await wantedLines(opening.urls.address, groups, sessions, looking);
    return lines && { lines, sessions };
  }
  const stretches = stretchesOf(await placesOf(groups, columns));
  const bytes = stretches.reduce((sum, stretch) => sum + stretch.bytes, 0);
  if (bytes > mostBytes) {
    throw new BrowseTrouble(
      `These rows lie in ${Math.round(bytes / 1e6)} MB of the file, more than a page should fetch. Take the DuckDB query instead, or narrow the selection.`,
    );
  }
  const lines = await fetchLines(stretches, sessions, opening, looking);
  if (lines === null) return null;
  if (form === 'ndjson') return { lines: new Blob(lines, { type: 'application/x-ndjson' }), sessions };
  const rows = (await new Blob(lines).text()).split('\n').filter(Boolean);
  const urls = rows.map((row) => `${JSON.parse(row).gist_url}\n`);
  return { lines: new Blob(urls, { type: 'text/plain' }), sessions };
}

/** All sessions of a selection; null when nobody waits any more. */
export async function search(selection: Selection, looking: Look): Promise<Found[] | null> {
  const { browse, tell, alive } = looking;
  const groups: Found[] = [];
  let found = 0;
  for await (const part of scan(browse, await looking.columns(), await planOf(browse, selection))) {
    if (!alive()) return null;
    groups.push(part);
    found += part.rows.length;
    tell({ kind: 'progress', read: part.read, of: browse.summary.sessions, found });
  }
  return groups;
}

interface Place {
  offset: number;
  bytes: number;
}

/** Where the lines of the sessions found are in submissions.ndjson. */
async function placesOf(groups: readonly Found[], columns: Columns): Promise<Place[]> {
  const places: Place[] = [];
  for (const { group, rows } of groups) {
    if (rows.length === 0) continue;
    const lengths = await columns.numbers('line', group);
    let offset = columns.lines[group] ?? 0;
    let next = 0;
    lengths.forEach((bytes, row) => {
      if (rows[next] === row) {
        places.push({ offset, bytes });
        next += 1;
      }
      offset += bytes;
    });
  }
  return places;
}

/** Fetches lines in stretches, some at once, and cuts from them what was wanted. */
async function fetchLines(
  stretches: readonly Stretch[],
  sessions: number,
  { submissions }: Opening,
  { tell, alive }: Look,
): Promise<ArrayBuffer[] | null> {
  const file = httpFile(submissions.address, submissions.bytes);
  const lines: ArrayBuffer[][] = [];
  let done = 0;
  let failed = false;
  const work = stretches.entries();
  const worker = async () => {
    for (const [at, { offset, bytes, wanted }] of work) {
      if (failed || !alive()) return;
      const part = await Promise.resolve(file.slice(offset, offset + bytes)).catch((error: unknown) => {
        failed = true;
        throw error;
      });
      lines[at] = wanted.map((place) =>
        part.slice(place.offset - offset, place.offset - offset + place.bytes),
      );
      done += wanted.length;
      tell({ kind: 'fetched', read: done, of: sessions });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return alive() ? lines.flat() : null;
}

/** Of the file, and the lines in it that are wanted. */
interface Stretch extends Place {
  wanted: Place[];
}

function stretchesOf(places: readonly Place[]): Stretch[] {
  const all: Stretch[] = [];
  for (const place of places) {
    const last = all.at(-1);
    const end = last ? last.offset + last.bytes : 0;
    if (last && place.offset - end <= near && last.bytes < 1 << 20) {
      last.bytes = place.offset + place.bytes - last.offset;
      last.wanted.push(place);
    } else all.push({ ...place, wanted: [place] });
  }
  return all;
}

/** The lines of a text file whose numbers are those of the sessions found, reading all of it. */
async function wantedLines(
  address: string,
  groups: readonly Found[],
  sessions: number,
  { browse, tell, alive }: Look,
): Promise<Blob | null> {
  const response = await fetch(address).catch(unfetched);
  if (!response.ok || !response.body) unfetched();
  const wanted = groups.flatMap(({ from, rows }) => Array.from(rows, (row) => from + row));
  const lines: string[] = [];
  let [number, next, rest] = [0, 0, ''];
  // Safari has learnt to go through a stream with `for await` only lately.
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(unfetched);
    if (done) break;
    if (!alive()) {
      await reader.cancel();
      return null;
    }
    const pieces = (rest + value).split('\n');
    rest = pieces.pop() ?? '';
    for (const line of pieces) {
      if (wanted[next] === number) {
        lines.push(`${line}\n`);
        next += 1;
      }
      number += 1;
    }
    tell({ kind: 'fetched', read: number, of: browse.summary.sessions });
  }
  if (lines.length !== sessions) {
    throw new BrowseTrouble('The file of addresses does not fit this page. Load the page again.');
  }
  return new Blob(lines, { type: 'text/plain' });
}

function unfetched(): never {
  throw new BrowseTrouble('The addresses could not be fetched. Try again in a moment.', true);
}
