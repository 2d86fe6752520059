import { expect, test } from 'vitest';
import { bytesText, counted, countText } from './figures.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [45_600, '45.6 kB'],
  [999_499, '999 kB'],
  [999_999, '1.00 MB'],
  [1_234_567, '1.23 MB'],
  [9_999_999_999, '10.0 GB'],
])('%i bytes read as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test.each([
  [0, '0'],
  [9_999, '9999'],
  [12_345, '12\u202f345'],
  [1_234_567, '1\u202f234\u202f567'],
])('%i reads as %s, in one line', (count, text) => {
  expect(countText(count)).toBe(text);
});

test('one is singular', () => {
  expect([counted(1, 'file'), counted(0, 'file')]).toEqual(['1 file', '0 files']);
});
