import { expect, test } from 'vitest';
import { statusSentence } from './vitals.ts';

const vital = (state: 'well' | 'late' | 'none') => ({ state, since: null, late_after_hours: 12 });
const all = (state: 'well' | 'late' | 'none') => ({
  recheck: vital(state),
  snapshot: vital(state),
  changes: vital(state),
  queue: vital(state),
  backup: vital(state),
});

test.each([
  [all('well'), 0, 'Nothing is late. No submission waits for a moderator.'],
  [all('none'), 1, 'Nothing is late. 1 submission waits for a moderator.'],
  [{ ...all('well'), recheck: vital('late') }, 2, '1 thing is late. 2 submissions wait for a moderator.'],
  [all('late'), 1200, '5 things are late. 1200 submissions wait for a moderator.'],
])('status %#', (vitals, waiting, sentence) => {
  expect(statusSentence({ vitals, waiting })).toBe(sentence);
});
