import { expect, test } from 'vitest';
import { laterPages, listPage } from './list-pages.ts';

const rows = Array.from({ length: 101 }, (_, index) => index);

test('the pages together hold every row once, in order', () => {
  const numbers = ['1', ...laterPages(rows.length)];
  expect(numbers).toEqual(['1', '2', '3']);
  expect(numbers.flatMap((number) => listPage(rows, number)?.rows)).toEqual(rows);
});

test('the last page says where it stands', () => {
  expect(listPage(rows, '3')).toEqual({ rows: [100], number: 3, count: 3, total: 101, first: 101 });
});

test('exactly full pages are followed by no empty one', () => {
  expect(laterPages(100)).toEqual(['2']);
});

test('an empty list has one page, and no later ones', () => {
  expect(listPage([], '1')?.rows).toEqual([]);
  expect(laterPages(0)).toEqual([]);
});

test.each(['0', '4', '-1', '1.5', 'x', ''])('there is no page %j', (number) => {
  expect(listPage(rows, number)).toBeNull();
});
