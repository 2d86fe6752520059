import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { facetNames, facetsOf } from '../browse/facets.ts';
import { exampleRow } from './example-rows.ts';
import { listingOf, small, variedRows } from './testing-listing.ts';

const layouts = [
  ['as it is', undefined],
  ['in many small groups', small],
] as const;

test.each(layouts)(
  'cards come in the order of the rows, from anywhere, and end with them: %s',
  async (_, layout) => {
    const rows = variedRows(700);
    const { listing } = await listingOf(rows, layout);
    for (const [from, count] of [
      [0, 50],
      [50, 50],
      [640, 100],
      [699, 1],
      [700, 50],
    ] as const) {
      const cards = await listing.cards(from, count);
      const ids = rows.slice(from, from + count).map(({ gist_id }) => gist_id);
      expect(cards.map(({ gist_id }) => gist_id)).toEqual(ids);
    }
    expect((await listing.cards(3, 1))[0]).toMatchObject({
      title: rows[3]?.title,
      models: rows[3]?.models,
      redactions: rows[3]?.redactions,
      file_count: 0,
    });
  },
);

test.each(layouts)(
  'each value of each facet has its sessions, which the summary counts: %s',
  async (_, layout) => {
    const rows = variedRows(700);
    const { listing } = await listingOf(rows, layout);
    for (const facet of facetNames) {
      for (const { value, sessions } of listing.summary.facets[facet].values) {
        const expected = rows.filter((row) => facetsOf(row)[facet].includes(value));
        const { cards, total } = await listing.cardsWith(facet, value, 10, 20);
        expect([facet, value, total, sessions]).toEqual([facet, value, expected.length, expected.length]);
        expect(cards.map(({ gist_id }) => gist_id)).toEqual(
          expected.slice(10, 30).map(({ gist_id }) => gist_id),
        );
      }
    }
    expect(await listing.cardsWith('tag', 'no such tag', 0, 50)).toEqual({ cards: [], total: 0 });
  },
);

test('a row is found by its gist id, and no other', async () => {
  const rows = variedRows(350);
  const { listing } = await listingOf(rows);
  for (const row of [rows[0], rows[123], rows[349]])
    expect(await listing.row(row?.gist_id ?? '')).toEqual(row);
  for (const id of ['', 'f'.repeat(32), '0'.repeat(32), '../x']) expect(await listing.row(id)).toBeNull();
});

test('a file of places that was missing is read once it is there', async () => {
  const rows = variedRows(28);
  const { listing, snapshot } = await listingOf(rows);
  const file = join(snapshot, 'submissions-by-gist.parquet');
  await rename(file, `${file}.away`);
  await expect(listing.row(rows[3]?.gist_id ?? '')).rejects.toThrow(/ENOENT/);
  await rename(`${file}.away`, file);
  expect(await listing.row(rows[3]?.gist_id ?? '')).toEqual(rows[3]);
});

test('a login finds its accounts in capitals or not, all that have it', async () => {
  const { listing } = await listingOf(variedRows(28));
  const found = await listing.ownersCalled('ADA');
  expect(found.map(({ id }) => id).sort()).toEqual(
    [0, 1, 2, 3, 4, 5, 6].map((owner) => String(4_000_000_000 + owner)),
  );
  expect(found.every(({ sessions, login }) => sessions === 4 && login === 'Ada')).toBe(true);
  expect(await listing.ownersCalled('nobody')).toEqual([]);
});

test('an account is found by a login that another has far newer and far more sessions under', async () => {
  const rows = variedRows(1102).map((row, n) => ({
    ...row,
    gist_owner_id: n < 1100 ? '1' : '2',
    gist_owner_login: n === 1101 ? 'renamed' : 'ada',
  }));
  const { listing } = await listingOf(rows);
  expect(await listing.ownersCalled('ada')).toEqual([
    { id: '1', login: 'ada', sessions: 1100 },
    { id: '2', login: 'ada', sessions: 2 },
  ]);
});

test('an index of one session, with texts that are hard to keep apart', async () => {
  const title = `<script>\u202e"quoted"\u0000 ${'x'.repeat(190)}`.slice(0, 200);
  const { listing } = await listingOf([exampleRow({ title, tags: ['a\u001fb', 'login:ada'] })]);
  expect((await listing.cards(0, 50))[0]?.title).toBe(title);
  expect((await listing.cardsWith('tag', 'a\u001fb', 0, 50)).total).toBe(1);
});

test('an index of nothing', async () => {
  const { listing } = await listingOf([]);
  expect(await listing.cards(0, 50)).toEqual([]);
  expect(await listing.cardsWith('agent', 'codex', 0, 50)).toEqual({ cards: [], total: 0 });
  expect(await listing.row('f'.repeat(32))).toBeNull();
});

test('the same rows give the same bytes', async () => {
  const [one, other] = [await listingOf(variedRows(300)), await listingOf(variedRows(300))];
  for (const name of ['summary.json', ...Object.keys(one.listing.summary.files ?? {})]) {
    const bytes = await readFile(join(one.browse, name));
    expect(bytes.equals(await readFile(join(other.browse, name)))).toBe(true);
  }
});

test('a browse file that is cut off is told, and is no crash', async () => {
  const { listing, browse } = await listingOf(variedRows(300));
  const cards = join(browse, 'cards.parquet');
  await writeFile(cards, (await readFile(cards)).subarray(0, 5000));
  await expect(listing.cards(0, 50)).rejects.toThrow(/damaged/);
});
