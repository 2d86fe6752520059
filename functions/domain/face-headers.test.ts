import { expect, test } from 'vitest';
import { faceHeaders } from './face-headers.ts';

const gist = '0123456789abcdef0123456789abcdef';

test.each([
  ['/feed.xml', 'application/atom+xml; charset=utf-8'],
  ['/feeds/pi.xml', 'application/atom+xml; charset=utf-8'],
  ['/feed.json', 'application/feed+json; charset=utf-8'],
  ['/api/v1/agents/pi/newest.json', 'application/json; charset=utf-8'],
  [`/sessions/${gist}.md`, 'text/markdown; charset=utf-8'],
  ['/index.md', 'text/markdown; charset=utf-8'],
  ['/guide/give.md', 'text/markdown; charset=utf-8'],
  ['/schema/openagentsessions.json', 'application/schema+json; charset=utf-8'],
  ['/dataset/snapshots.ndjson', 'application/x-ndjson; charset=utf-8'],
  ['/dataset/recipes/download.sh', 'text/plain; charset=utf-8'],
  ['/dataset/recipes/choose.sql', 'text/plain; charset=utf-8'],
])('%s is %s and may be read by other sites', (path, type) => {
  expect(faceHeaders(path)).toEqual({ 'access-control-allow-origin': '*', 'content-type': type });
});

test.each(['/llms.txt', '/sitemap-index.xml', '/sitemap/sessions-1.xml'])(
  '%s may be read by other sites, and keeps its type',
  (path) => {
    expect(faceHeaders(path)).toEqual({ 'access-control-allow-origin': '*' });
  },
);

test.each(['/urls.txt', '/dataset/latest/manifest.json', '/dataset/snapshots/x/submissions.ndjson'])(
  '%s may be read by other sites, in ranges too, and keeps its type',
  (path) => {
    expect(faceHeaders(path)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'accept-ranges, content-range, etag',
    });
  },
);

test.each(['/cards/dataset.png', `/sessions/${gist}/card.png`])('%s may be shown by other sites', (path) => {
  expect(faceHeaders(path)).toEqual({ 'cross-origin-resource-policy': 'cross-origin' });
});

test.each([
  '/',
  '/sessions',
  `/sessions/${gist}`,
  '/api/me',
  '/api/v1',
  '/mine',
  '/dataset',
  '/dataset/snapshots',
  '/moderation/x.md',
  '/contributors/1.md',
])('%s stays as it is', (path) => {
  expect(faceHeaders(path)).toEqual({});
});
