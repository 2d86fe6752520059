import { expect, test } from 'vitest';
import { bytesText } from './bytes-text.ts';

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
