import { expect, test } from 'vitest';
import { changeLine, rowLine } from './lines.ts';

const change = {
  seq: 3,
  kind: 'removed' as const,
  record_id: 'github_gist:1',
  gist_id: '1',
  gist_version: 'a'.repeat(40),
  previous_gist_version: null,
  reason: 'spam',
  at: '2026-01-01T00:00:00.000Z',
};

test('the keys of a line are in the schema’s order, whatever order they came in', () => {
  const shuffled = Object.fromEntries(Object.entries(change).reverse()) as typeof change;
  expect(changeLine(shuffled)).toBe(`${JSON.stringify(change)}\n`);
});

test.each([
  ['a login slipped in', { ...change, gist_owner_login: 'ada' }],
  ['a time without milliseconds', { ...change, at: '2026-01-01T00:00:00Z' }],
  ['a revision that is none', { ...change, gist_version: 'main' }],
])('a log line is refused: %s', (_, line) => {
  expect(() => changeLine(line)).toThrow(/^Log line 3 does not fit the dataset's schema/);
});

test('a row that is refused names its gist and fields, and quotes nothing', () => {
  const row = { gist_id: '0123', title: 'hidden'.repeat(99), license: 'hidden' };
  expect(() => rowLine(row)).toThrow(/^The row of gist 0123 does not fit .*license.*title/);
  expect(() => rowLine(row)).not.toThrow(/hidden/);
});
