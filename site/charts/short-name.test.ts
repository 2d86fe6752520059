import { expect, test } from 'vitest';
import { shortName } from './short-name.ts';

test.each([
  ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5-20250929'],
  ['x'.repeat(40), `${'x'.repeat(30)}…`],
  // Twice as wide.
  ['語'.repeat(20), `${'語'.repeat(15)}…`],
  ['a\u202eb', 'a⟨202E⟩b'],
  ['a\nb', 'a⟨000A⟩b'],
])('%j is drawn as %j', (name, drawn) => {
  expect(shortName(name)).toBe(drawn);
});
