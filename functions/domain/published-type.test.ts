import { expect, test } from 'vitest';
import { publishedType } from './published-type.ts';

test.each([
  ['submissions.ndjson', 'application/x-ndjson; charset=utf-8'],
  ['manifest.json', 'application/json; charset=utf-8'],
  ['urls.txt', 'text/plain; charset=utf-8'],
  ['SHA256SUMS', 'text/plain; charset=utf-8'],
  ['README.md', 'text/markdown; charset=utf-8'],
  ['submissions.parquet', 'application/vnd.apache.parquet'],
  ['snapshots/2026-11-22T06-00-00-000Z/changes.ndjson', 'application/x-ndjson; charset=utf-8'],
  ['a.folder/SHA256SUMS', 'text/plain; charset=utf-8'],
  ['unheard-of.bin', 'application/octet-stream'],
])('%s is %s', (path, type) => {
  expect(publishedType(path)).toBe(type);
});
