import { expect, test } from 'vitest';
import { notModified } from './not-modified.ts';
import { settle } from './settle.ts';

const snapshot = { snapshot_id: '2026-11-22T06-00-00-000Z' };
const etag = 'W/"2026-11-22T06-00-00-000Z.b1"';

function asked(given?: string) {
  const headers: Record<string, string> = given === undefined ? {} : { 'if-none-match': given };
  const request = new Request('http://127.0.0.1/', { headers });
  return { request, response: { status: 200, headers: new Headers() } };
}

test('a page says for how long it may be kept, and by what to know it again', () => {
  const page = asked();
  expect(notModified(page, snapshot, 'b1')).toBeNull();
  expect(Object.fromEntries(page.response.headers)).toEqual({
    'cache-control': 'public, max-age=60',
    etag,
  });
});

test.each([etag, '"2026-11-22T06-00-00-000Z.b1"', `"other", ${etag}`, '*'])(
  'who has it already, by %s, is told so and nothing else',
  async (given) => {
    const answer = notModified(asked(given), snapshot, 'b1');
    expect(answer?.status).toBe(304);
    expect(answer?.headers.get('etag')).toBe(etag);
    expect(answer?.headers.get('cache-control')).toBe('public, max-age=60');
    expect(await answer?.text()).toBe('');
  },
);

test.each(['', 'W/""', 'W/"2026-11-22T06-00-00-000Z.b2"', 'W/"2026-11-21T06-00-00-000Z.b1"', 'b1'])(
  'who has another page, as %j, gets this one',
  (given) => {
    expect(notModified(asked(given), snapshot, 'b1')).toBeNull();
  },
);

test('in development nothing is kept', () => {
  const page = asked('*');
  expect(notModified(page, snapshot, '')).toBeNull();
  expect([...page.response.headers]).toEqual([]);
});

test('what is not there is never told as unchanged', () => {
  const page = asked('*');
  expect(settle(page, { manifest: null }, false)).toBeNull();
  expect(page.response.status).toBe(404);
});

test('files that cannot be read are no missing page', () => {
  const page = asked('*');
  expect(settle(page, null, false)).toBeNull();
  expect(page.response.status).toBe(503);
  expect(page.response.headers.get('retry-after')).toBe('60');
});
