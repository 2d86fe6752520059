import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { measuresOf } from '../../browse/facet-columns.ts';
import { facetNames, facetsOf } from '../../browse/facets.ts';
import type { Layout } from '../../browse/make/layout.ts';
import { openBrowse } from '../../browse/read/open.ts';
import { readSelection, type Selection, sortNames } from '../../browse/selection.ts';
import { wordsOf, wordsOfSession } from '../../browse/words.ts';
import { diskFile } from '../../published/disk-file.ts';
import { listingOf, small, variedRows } from '../../published/testing-listing.ts';
import { type Columns, columnsOf } from './columns.ts';
import { look, type Told } from './look.ts';

const everything: Selection = { facets: {}, text: '', from: null, to: null, sort: 'newest' };

async function asking(rows: readonly DatasetRow[], layout?: Layout) {
  const { listing, browse: folder } = await listingOf(rows, layout);
  const reads: string[] = [];
  const browse = openBrowse(listing.summary, (name, bytes) => {
    const file = diskFile(join(folder, name), bytes);
    return {
      byteLength: bytes,
      slice(start, end) {
        reads.push(name);
        return file.slice(start, end);
      },
    };
  });
  let columns: Promise<Columns> | null = null;
  return {
    reads,
    async ask(selection: Partial<Selection>, page = 1): Promise<Told[]> {
      const told: Told[] = [];
      await look(
        { selection: { ...everything, ...selection }, page, whole: true },
        {
          browse,
          columns: () => (columns ??= browse.facets().then(columnsOf)),
          tell: (one) => told.push(one),
          alive: () => true,
        },
      );
      return told;
    },
  };
}

const last = <Kind extends Told['kind']>(told: readonly Told[], kind: Kind) =>
  told.findLast((one): one is Extract<Told, { kind: Kind }> => one.kind === kind);

/** The same by looking at every row: what the index must not differ from. */
function plainly(rows: readonly DatasetRow[], { facets, text, from, to, sort }: Selection): DatasetRow[] {
  const wanted = rows.filter((row) => {
    const has = facetsOf(row);
    const [month] = has.month;
    return (
      facetNames.every((name) => {
        const values = facets[name] ?? [];
        if (name === 'fit') return values.every((value) => has.fit.includes(value));
        return values.length === 0 || values.some((value) => has[name].includes(value));
      }) &&
      wordsOf(text).every((word) => wordsOfSession(row).includes(word)) &&
      (from === null || (month !== undefined && month >= from)) &&
      (to === null || (month !== undefined && month <= to))
    );
  });
  if (sort === 'newest') return wanted;
  if (sort === 'oldest') return wanted.reverse();
  const by = { longest: 'messages', tokens: 'tokens', largest: 'bytes' } as const;
  return wanted.sort((a, b) => measuresOf(b)[by[sort]] - measuresOf(a)[by[sort]]);
}

function plainCounts(rows: readonly DatasetRow[]) {
  return Object.fromEntries(
    facetNames.map((name) => {
      const counts: Record<string, number> = {};
      for (const row of rows)
        for (const value of facetsOf(row)[name]) counts[value] = (counts[value] ?? 0) + 1;
      return [name, counts];
    }),
  );
}

test.each([
  ['as it is', undefined],
  ['in many small groups', small],
])('any selection, order and page is what looking at every row gives: %s', async (_, layout) => {
  const rows = variedRows(640);
  const { ask } = await asking(rows, layout);
  const someOf = (name: (typeof facetNames)[number]) =>
    fc.option(
      fc.subarray([...new Set(rows.flatMap((row) => facetsOf(row)[name]))], { minLength: 1, maxLength: 2 }),
      { nil: undefined, freq: 2 },
    );
  const selections = fc.record({
    facets: fc
      .tuple(...facetNames.map(someOf))
      .map((values) =>
        Object.fromEntries(facetNames.flatMap((name, at) => (values[at] ? [[name, values[at]]] : []))),
      ),
    text: fc.constantFrom(
      '',
      '',
      'fix',
      'grosse',
      'Parser fix',
      '重',
      'tables compilers',
      '37',
      'running long',
    ),
    from: fc.constantFrom(null, null, '2026-04'),
    to: fc.constantFrom(null, null, '2026-05'),
    sort: fc.constantFrom(...sortNames),
  });
  await fc.assert(
    fc.asyncProperty(selections, fc.integer({ min: 1, max: 4 }), async (selection, page) => {
      const expected = plainly(rows, selection);
      const told = await ask(selection, page);
      const shown = last(told, 'page');
      // Another one would take the focus and the place from whoever reads the first.
      expect(told.filter(({ kind }) => kind === 'page')).toHaveLength(1);
      const ids = expected.slice((page - 1) * 50, page * 50).map(({ gist_id }) => gist_id);
      expect(shown?.cards.map(({ gist_id }) => gist_id)).toEqual(ids);
      expect(last(told, 'found')).toMatchObject({
        total: expected.length,
        bytes: expected.reduce((sum, { total_bytes }) => sum + total_bytes, 0),
      });
      for (const [facet, others] of Object.entries(last(told, 'counts')?.others ?? {})) {
        const name = facet as (typeof facetNames)[number];
        const months = name === 'month' ? { from: null, to: null } : {};
        const rest = plainly(rows, {
          ...selection,
          ...months,
          facets: { ...selection.facets, [name]: [] },
        });
        expect([name, others]).toEqual([name, plainCounts(rest)[name]]);
      }
      const { contributor, ...counts } = plainCounts(expected);
      const counted = last(told, 'counts')?.counts;
      expect(counted).toMatchObject(counts);
      expect(counted?.contributor === null || counted?.contributor).toEqual(
        counted?.contributor === null ? true : contributor,
      );
    }),
    { numRuns: 150 },
  );
});

test('the newest of everything and of one value are read without looking through the index', async () => {
  const { ask, reads } = await asking(variedRows(500));
  await ask({}, 3);
  expect(new Set(reads)).toEqual(new Set(['cards.parquet']));
  await ask({ facets: { agent: ['codex'] } });
  expect(new Set(reads)).toEqual(new Set(['cards.parquet', 'postings.parquet', 'together.parquet']));
});

test('in whatever order, what was counted when the index was made is not counted again', async () => {
  const rows = variedRows(500);
  const { ask, reads } = await asking(rows);
  await ask({ sort: 'longest' });
  const before = reads.length;
  for (const selection of [{}, { facets: { agent: ['codex'] } }]) {
    const told = await ask({ ...selection, sort: 'longest' });
    const { contributor } = plainCounts(plainly(rows, { ...everything, ...selection }));
    expect(last(told, 'counts')?.counts.contributor).toEqual(contributor);
  }
  expect(reads.slice(before)).not.toContain('facets.parquet');
});

test('a search that can find nothing more is over, and says so', async () => {
  const { ask } = await asking(variedRows(640), small);
  const told = await ask({ text: 'build 3' });
  expect(last(told, 'found')?.total).toBe(1);
  expect(last(told, 'progress')).toMatchObject({ read: 640, of: 640, found: 1 });
});

test('a word that no session has is told, with words that begin alike, which are looked for in its place', async () => {
  const rows = variedRows(100);
  const told = await (await asking(rows)).ask({ text: 'pars' });
  expect(told[0]).toEqual({ kind: 'similar', word: 'pars', words: [{ word: 'parser', sessions: 20 }] });
  expect(last(told, 'found')?.total).toBe(20);
});

test('what begins like the name of a facet is looked for among words alone', async () => {
  const [similar] = await (await asking(variedRows(100))).ask({ text: 'l' });
  expect(similar).toMatchObject({ kind: 'similar', word: 'l', words: [{ word: 'login' }, { word: 'long' }] });
});

test('words that begin alike are found however many values of a facet are called like it', async () => {
  const rows = variedRows(100).map((row, n) => ({ ...row, title: 'tagged', tags: [`t-${n}`] }));
  const [similar] = await (await asking(rows, small)).ask({ text: 'tag' });
  expect(similar).toMatchObject({ word: 'tag', words: [{ word: 'tagged', sessions: 100 }] });
});

test('what nobody has is an empty page, and no error', async () => {
  const { ask } = await asking(variedRows(100));
  for (const selection of [
    { text: 'zzzzz' },
    { facets: { agent: ['no-such-agent'] } },
    { facets: { tag: ['rust', '__proto__'], contributor: ['1'] } },
    { text: 'fix zzzzz', facets: { license: ['MIT'] } },
    { from: '2030-01' },
  ]) {
    const told = await ask(selection);
    expect(last(told, 'page')).toMatchObject({ cards: [], total: 0 });
    expect(last(told, 'found')?.total).toBe(0);
  }
});

test('a page beyond the end has no sessions, and the count of all', async () => {
  const { ask } = await asking(variedRows(120));
  for (const selection of [
    {},
    { facets: { agent: ['codex'] } },
    { text: 'fix', facets: { agent: ['codex'] } },
  ]) {
    const told = await ask(selection, 99);
    expect(last(told, 'page')?.cards).toEqual([]);
    expect(last(told, 'page')?.total).toBeGreaterThan(0);
  }
});

test('a session that says a thing twice is one session with it', async () => {
  const rows = variedRows(30).map((row, n) => (n % 10 === 3 ? { ...row, tags: ['twice', 'twice'] } : row));
  const { ask } = await asking(rows);
  for (const selection of [
    { facets: { tag: ['twice'] } },
    { facets: { tag: ['twice'] }, text: 'the' },
    { facets: { tag: ['twice'], agent: ['codex', 'claude-code'] } },
  ]) {
    const told = await ask(selection);
    const expected = plainly(rows, { ...everything, ...selection });
    expect(last(told, 'page')).toMatchObject({
      cards: expected.map(({ gist_id }) => ({ gist_id })),
      total: expected.length,
    });
    expect(last(told, 'counts')?.counts.tag).toEqual({ twice: expected.length });
  }
});

test('an address is read as it was written, whatever is in it', async () => {
  const { selection } = readSelection(new URLSearchParams('agent=codex&q=fix&sort=largest'));
  const rows = variedRows(200);
  const told = await (await asking(rows)).ask(selection);
  expect(last(told, 'found')?.total).toBe(plainly(rows, selection).length);
});

test('of a facet that something is chosen of, it is told what choosing more would bring', async () => {
  const rows = variedRows(640);
  const { ask } = await asking(rows, small);
  const both = last(await ask({ facets: { agent: ['codex'], license: ['MIT'] } }), 'counts')?.others;
  expect(Object.keys(both ?? {}).sort()).toEqual(['agent', 'license']);
  expect(both?.agent).toEqual(plainCounts(rows.filter(({ license }) => license === 'MIT')).agent);
  const alone = last(await ask({ facets: { license: ['MIT'] } }), 'counts')?.others;
  expect(alone).toEqual({ license: plainCounts(rows).license });
  expect(last(await ask({ facets: { fit: ['thinking', 'whole'] } }), 'counts')?.others).toEqual({});
});
