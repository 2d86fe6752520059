import { expect, test } from 'vitest';
import { countRedactions } from './redactions.ts';

test.each([
  ['nothing was taken out', 0],
  ['token [REDACTED] and [REDACTED:api-key], <REDACTED>', 3],
  ['key=***REDACTED*** REDACTED_EMAIL_1 [masked card]', 3],
  ['[SCRUBBED path] <masked_value>', 2],
  ['the REDACTED report, a MASKED ball', 0],
  ['[REDACTED\n]', 0],
  [`[REDACTED ${'x'.repeat(80)}]`, 0],
])('%s', (text, count) => {
  expect(countRedactions(text)).toBe(count);
});

test('marks that never close are searched no longer than they are long', () => {
  expect(countRedactions('[REDACTED'.repeat(100_000))).toBe(0);
});
