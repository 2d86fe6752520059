import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leadToBucket } from './bucket-files.ts';

const client = mkdtempSync(join(tmpdir(), 'openagentsessions-client-'));
const here = '2026-11-22T06-00-00-000Z';
const lead = leadToBucket('https://bucket.test', pathToFileURL(`${client}/`));
const server = createServer((request, response) => {
  if (!lead(request, response)) response.end('the site');
});
beforeAll(async () => {
  mkdirSync(join(client, 'dataset/snapshots', here), { recursive: true });
  writeFileSync(join(client, 'dataset/snapshots', here, 'submissions.ndjson'), '');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  rmSync(client, { recursive: true });
});

const ask = (path: string) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { redirect: 'manual' });

test.each([
  ['/dataset/latest/removed.ndjson', 'latest/removed.ndjson'],
  ['/dataset/withdrawn-snapshots.json', 'withdrawn-snapshots.json'],
  ['/dataset/latest/status.json?x=//evil.test', 'latest/status.json'],
  [
    '/dataset/snapshots/2026-11-21T06-00-00-000Z/submissions.ndjson',
    'snapshots/2026-11-21T06-00-00-000Z/submissions.ndjson',
  ],
  [`/dataset/snapshots/${here}/submissions.ndjson.gz`, `snapshots/${here}/submissions.ndjson.gz`],
])('%s is in the bucket', async (path, key) => {
  const answer = await ask(path);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `https://bucket.test/${key}`]);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
});

test.each([
  `/dataset/snapshots/${here}/submissions.ndjson`,
  '/dataset/latest/manifest.json',
  '/dataset/latest/submissions.parquet',
  '/dataset/snapshots',
  '/dataset/snapshots/%2e%2e/x',
  '/dataset/snapshots/x/%2e%2e%2fy',
  '/dataset/snapshots/x/y/z',
  '/dataset/latest/removed.ndjson/',
  '//bucket.test/dataset/latest/removed.ndjson',
])('%s is the site’s', async (path) => {
  const answer = await ask(path);
  expect([answer.status, await answer.text()]).toEqual([200, 'the site']);
});
