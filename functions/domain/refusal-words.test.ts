import { expect, test } from 'vitest';
import { changedFiles } from './file-change.ts';
import { changedWords, decidedWords } from './refusal-words.ts';

const at = new Date('2026-03-03T09:12:59Z');
const file = (name: string, sha: string) => ({ name, bytes: 1, gitBlobSha: sha, rawUrl: '' });

test.each([
  [{ by: 'ada', decision: 'approve', reason: null }, 'ada approved it on 3 March 2026 at 09:12 UTC'],
  [{ by: 'ada', decision: 'reject', reason: 'spam' }, 'ada rejected it on 3 March 2026 at 09:12 UTC: Spam'],
  [{ by: null, decision: 'remove', reason: 'x' }, 'A moderator removed it on 3 March 2026 at 09:12 UTC'],
] as const)('who decided what is told with its time: %o', (decided, words) => {
  expect(decidedWords({ ...decided, at })).toBe(words);
});

test('files that differ are those with another hash, those that came and those that went', () => {
  const before = [file('a', '1'), file('b', '1'), file('c', '1')];
  expect(changedFiles(before, [file('c', '1'), file('a', '2'), file('d', '1')])).toEqual([
    { name: 'a', change: 'edited' },
    { name: 'd', change: 'added' },
    { name: 'b', change: 'removed' },
  ]);
  expect(changedFiles(before, before)).toEqual([]);
});

test('many changed files, and long names, make a sentence that can be read', () => {
  const many = Array.from({ length: 300 }, (_, i) => file(`${'😀'.repeat(100)}${i}`, '1'));
  const words = changedWords(changedFiles([], many));
  expect(words).toMatch(/… was added and 295 more$/);
  expect(words.length).toBeLessThan(500);
  expect(words.isWellFormed()).toBe(true);
  expect(changedWords([{ name: 'a.md', change: 'removed' }])).toBe('a.md was removed');
});
