import { expect, test } from 'vitest';
import { listPage, pageNumber, pageSize, startOf } from './list-pages.ts';

test('the pages together hold every session once, in order', () => {
  const pages = [1, 2, 3].map((number) => listPage(101, number));
  expect(pages.map((page) => [page?.first, page?.last])).toEqual([
    [1, 50],
    [51, 100],
    [101, 101],
  ]);
  expect([1, 2, 3].map(startOf)).toEqual([0, pageSize, 2 * pageSize]);
});

test('a page says where it stands', () => {
  expect(listPage(101, 3)).toEqual({ number: 3, count: 3, total: 101, first: 101, last: 101 });
});

test('exactly full pages are followed by no empty one', () => {
  expect(listPage(100, 2)?.count).toBe(2);
  expect(listPage(100, 3)).toBeNull();
});

test('an empty list has one page, and no later ones', () => {
  expect(listPage(0, 1)).toEqual({ number: 1, count: 1, total: 0, first: 1, last: 0 });
  expect(listPage(0, 2)).toBeNull();
});

test.each(['0', '01', '-1', '1.5', '1e3', '0x10', ' 2', 'abc', '', '9999999999', '٣', undefined])(
  '%j is no number of a page',
  (text) => {
    expect(pageNumber(text)).toBeNull();
  },
);

test('a page has one way to be written', () => {
  expect(['1', '20', '999999999'].map(pageNumber)).toEqual([1, 20, 999_999_999]);
});
