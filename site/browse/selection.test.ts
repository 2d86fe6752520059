import { expect, test } from 'vitest';
import { readSelection, type Selection, selectionQuery } from './selection.ts';

const read = (query: string) => readSelection(new URLSearchParams(query));

test('an address without a query asks for the first page of everything', () => {
  expect(read('')).toEqual({
    selection: { facets: {}, text: '', from: null, to: null, sort: 'newest' },
    page: 1,
    misunderstood: [],
  });
});

test('what is written is read again', () => {
  const selection: Selection = {
    facets: { agent: ['codex', 'pi'], tag: ['a & b = "c"', '\u202e<b>'], contributor: ['4000000001'] },
    text: 'fix the parser',
    from: '2026-03',
    to: '2026-09',
    sort: 'largest',
  };
  expect(read(selectionQuery(selection, 7).toString())).toEqual({ selection, page: 7, misunderstood: [] });
  expect(selectionQuery({ facets: {}, text: ' ', from: null, to: null, sort: 'newest' }).toString()).toBe('');
});

test.each([
  ['agnet=codex', 'Nothing here is narrowed by “agnet”; it is left out.'],
  ['sort=random', 'There is no such order; these are the newest first.'],
  ['from=2026', '“from” is a month such as 2026-03; it is left out.'],
  ['to=2026-13', '“to” is a month such as 2026-03; it is left out.'],
  ['page=0', 'There is no such page; this is the first.'],
  ['page=1.5', 'There is no such page; this is the first.'],
  ['page=1e99', 'There is no such page; this is the first.'],
])('%s is told, and the rest is understood', (query, sentence) => {
  const { selection, page, misunderstood } = read(`${query}&license=MIT`);
  expect(misunderstood).toEqual([sentence]);
  expect(selection).toEqual({ facets: { license: ['MIT'] }, text: '', from: null, to: null, sort: 'newest' });
  expect(page).toBe(1);
});

test('an address as long as one can be is cut down, not refused', () => {
  const query = new URLSearchParams({ q: 'x'.repeat(10_000) });
  for (let at = 0; at < 500; at += 1) query.append('tag', `${at}`);
  const { selection, misunderstood } = readSelection(query);
  expect(selection.text).toHaveLength(200);
  expect(selection.facets.tag).toHaveLength(50);
  expect(misunderstood).toEqual(['Only the first 50 values of “tag” are used.']);
});
