import { expect, test } from 'vitest';
import { monthsThrough } from './months.ts';

test('months between are there, over the end of a year', () => {
  expect(monthsThrough(['2025-11', '2026-02'])).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
});

test.each([[[]], [['2026-12']]])('%j has no more months than it names', (months: string[]) => {
  expect(monthsThrough(months)).toEqual(months);
});
