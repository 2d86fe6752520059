import { expect, test } from 'vitest';
import { findingCountsText } from './findings.ts';

test.each([
  [null, 'not looked at yet'],
  [{ blocking: 0, declared_false: 0, low: 0, omitted: 0 }, 'nothing'],
  [{ blocking: 0, declared_false: 1, low: 12, omitted: 0 }, '1 declared no secret, 12 to judge'],
  [
    { blocking: 1000, declared_false: 0, low: 0, omitted: 23_456 },
    '1000 like a secret, 23\u202f456 not listed',
  ],
])('%j is told as “%s”', (counts, words) => {
  expect(findingCountsText(counts)).toBe(words);
});
