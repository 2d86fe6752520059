import { expect, test } from 'vitest';
import { describeRefusal, type RefusalCode, type RefusalDetails } from './refusal.ts';

const sentence = (code: RefusalCode, details: RefusalDetails) => describeRefusal(code, details).sentence;

test('one file that is too large cannot be split over gists, and is not told to be', () => {
  const limit = '10 MB a file';
  expect(sentence('gist_too_large', { limit, file: 'a.jsonl' })).toMatch(/^The file a\.jsonl is too large/);
  expect(sentence('gist_too_large', { limit, file: 'a.jsonl' })).not.toContain('Split');
  expect(sentence('gist_too_large', { limit: '300 files' })).toContain('Split the sessions');
});

test.each([
  [{ file: 'a.jsonl', line: 3 }, 'in a.jsonl, line 3: '],
  [{ file: '(description)', line: 1 }, 'in the gist’s description, line 1: '],
  [{ file: '(file names)', line: 2 }, 'in the name of file 2: '],
])('the place of a secret, %o, is told in words', (place, words) => {
  expect(sentence('secrets_found', { count: 1, kind: 'GitHub token', ...place })).toContain(words);
});

test.each([
  [{}, 'in a minute.'],
  [{ retry_after: 60 }, 'in 60 s.'],
  [{ retry_after: 3600 }, 'in 60 minutes.'],
])('a wait, %o, is told as people count', (details, words) => {
  expect(sentence('github_rate_limited', details)).toMatch(new RegExp(`${words}$`));
});
