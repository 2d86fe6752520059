import { expect, test } from 'vitest';
import { counted, countText } from './figures.ts';

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
