import { expect, test } from 'vitest';
import { admitGist, type Gist } from './gist.ts';

const megabyte = 1024 * 1024;

function gistOf(...sizes: number[]): Gist {
  return {
    id: '0'.repeat(32),
    nodeId: 'G_1',
    url: 'https://gist.github.com/ada/0',
    description: null,
    public: true,
    forkOf: null,
    owner: { id: '1', login: 'ada' },
    revision: 'a'.repeat(40),
    updatedAt: '2026-01-01T00:00:00Z',
    filesTruncated: false,
    files: sizes.map((bytes, i) => ({
      name: `part-${i}.jsonl`,
      bytes,
      gitBlobSha: 'b'.repeat(40),
      rawUrl: 'https://gist.githubusercontent.com/ada/0/raw/b/part.jsonl',
    })),
  };
}

const tenTimes = (bytes: number) => Array.from({ length: 10 }, () => bytes);

test('files of 10 MB each, and 100 MB in all, are taken', () => {
  expect(admitGist(gistOf(...tenTimes(10 * megabyte)), '1').ok).toBe(true);
});

test.each([
  ['a byte more in all', gistOf(...tenTimes(10 * megabyte), 1), { limit: '100 MB in all' }],
  ['a byte more in a file', gistOf(1, 10 * megabyte + 1), { limit: '10 MB a file', file: 'part-1.jsonl' }],
  ['a file more', gistOf(...Array.from({ length: 301 }, () => 1)), { limit: '300 files' }],
])('%s is too large', (_, gist, details) => {
  expect(admitGist(gist, '1')).toEqual({ ok: false, code: 'gist_too_large', details });
});
