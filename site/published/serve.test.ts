import { expect, test } from 'vitest';
import { publishedPath } from './serve.ts';

test.each([
  ['/urls.txt', 'latest/urls.txt'],
  ['/dataset/latest/submissions.ndjson?x=1', 'latest/submissions.ndjson'],
  ['/dataset/latest/SHA256SUMS', 'latest/SHA256SUMS'],
  [
    '/dataset/snapshots/2026-11-22T06-00-00-000Z/manifest.json',
    'snapshots/2026-11-22T06-00-00-000Z/manifest.json',
  ],
])('%s is the file %s', (address, path) => {
  expect(publishedPath(address)).toBe(path);
});

test.each([
  '/dataset',
  '/dataset/latest/',
  '/dataset/latest/..',
  '/dataset/latest/../../secret',
  '/dataset/latest/%2e%2e%2fsecret',
  '/dataset/latest/%2e%2e',
  '/dataset/snapshots/../latest/manifest.json',
  '/dataset/snapshots/%2e%2e/manifest.json',
  '/dataset/latest/a/b',
  '/dataset/latest/%00',
  '/dataset/latest/%',
  '/other/urls.txt',
])('%s is no published file', (address) => {
  expect(publishedPath(address)).toBeNull();
});
