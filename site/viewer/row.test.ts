import { expect, test } from 'vitest';
import { readRowAddress, rowAddress } from './row.ts';

test.each([
  ['#f1-l42', { file: 1, line: 42, nth: 1 }],
  ['#f12-l1.7', { file: 12, line: 1, nth: 7 }],
  ['#f1-l0', { file: 1, line: 0, nth: 1 }],
])('%s is a row’s address, and the row’s address is it', (hash, row) => {
  expect(readRowAddress(hash)).toEqual(row);
  expect(rowAddress(row)).toBe(hash);
});

test.each(['', '#content', '#f1', '#f1-l', '#f1-l42.', '#f1-l42.1.1', '#f99999-l1', '#f1-l-1'])(
  '%s is none',
  (hash) => {
    expect(readRowAddress(hash)).toBe(null);
  },
);
