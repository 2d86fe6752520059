import { expect, test } from 'vitest';
import { readersText } from './readers.ts';

test.each([
  [[], ''],
  [['ada'], 'ada has this open now.'],
  [['ada', 'bo', 'cy'], 'ada, bo and cy have this open now.'],
])('%j: “%s”', (logins, text) => {
  expect(readersText(logins.map((login) => ({ login })))).toBe(text);
});
