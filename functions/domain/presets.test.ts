import { expect, test } from 'vitest';
import { maxNoteLength, reasonIds } from './moderation.ts';
import { presets } from './presets.ts';

test.each(reasonIds)('the note for %s says what to do next, and stands without another word', (reason) => {
  expect(presets[reason].length).toBeLessThan(maxNoteLength / 2);
  expect(presets[reason]).toMatch(/answer|submit|nothing you need to do/i);
  expect(presets[reason]).not.toMatch(/[[\]]/);
});
