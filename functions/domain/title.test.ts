import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetRow } from './dataset-row.ts';
import { maxTitleLength, rowTitle } from './title.ts';

test('the description is the title', () => {
  expect(rowTitle('Fix the flaky test', [{ name: 'session.jsonl' }])).toBe('Fix the flaky test');
});

test('without a description the first file names the row', () => {
  for (const description of [null, '', ' \n\t', '\u202e\u200b']) {
    expect(rowTitle(description, [{ name: 'session.jsonl' }])).toBe('session.jsonl');
  }
});

test('the declaration names no row while there is another file', () => {
  const declaration = { name: 'openagentsessions.json' };
  expect(rowTitle(null, [declaration, { name: 'session.jsonl' }])).toBe('session.jsonl');
  expect(rowTitle(null, [declaration])).toBe('openagentsessions.json');
});

test('any description becomes one capped line that cannot turn the text around', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20_000 }), (description) => {
      const title = rowTitle(description, []);
      expect(datasetRow.shape.title.safeParse(title).success).toBe(true);
      expect(title.isWellFormed() || !description.isWellFormed()).toBe(true);
      expect(title).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(title).not.toBe('');
    }),
  );
});

test('a long description is cut between characters', () => {
  const title = rowTitle('😀'.repeat(300), []);
  expect(title.length).toBe(maxTitleLength - 1);
  expect(title.endsWith('😀…')).toBe(true);
});
