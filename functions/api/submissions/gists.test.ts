import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'tides', {
    '.gist.json': '{"description":"Print the tides","updated_at":"2026-05-02T08:15:00Z"}',
    ...Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}.jsonl`, 'xy'])),
  });
  ada = await world.signIn('ada');
});
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

interface Item {
  gist_id: string;
  submitted: string | null;
}
const itemsOf = (body: Record<string, unknown>) => body.items as Item[];

test('one’s own public gists are listed, with where each stands in the index', async () => {
  const secret = world.writeGist('ada', 'secret', { '.gist.json': '{"public":false}', 'a.jsonl': 'x' });
  const hers = world.writeGist('grace', 'hers', { 'a.jsonl': 'x' });
  const { gistId } = await world.submitNew(ada);
  const { status, body } = await ada.get('/api/submissions/gists');
  expect({ status, next: body.next }).toEqual({ status: 200, next: null });
  expect(body.items).toContainEqual({
    gist_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    url: expect.stringMatching(/^https:/),
    description: 'Print the tides',
    files: ['a.jsonl', 'b.jsonl', 'c.jsonl', 'd.jsonl', 'e.jsonl'],
    file_count: 6,
    total_bytes: 12,
    updated_at: expect.stringMatching(/^20\d\d-/),
    submitted: null,
  });
  expect(itemsOf(body)).toContainEqual(expect.objectContaining({ gist_id: gistId, submitted: 'pending' }));
  const ids = itemsOf(body).map(({ gist_id }) => gist_id);
  expect(ids).not.toContain(secret);
  expect(ids).not.toContain(hers);
});

test('many gists go on over pages, without doubles', async () => {
  const mia = await (async () => {
    for (let i = 0; i < 65; i++) world.writeGist('mia', `many-${i}`, { 'a.jsonl': 'x' });
    return world.signIn('mia');
  })();
  const ids: string[] = [];
  let pages = 0;
  for (let page: unknown = 1; page !== null; pages += 1) {
    const { body } = await mia.get(`/api/submissions/gists?page=${page}`);
    ids.push(...itemsOf(body).map(({ gist_id }) => gist_id));
    page = body.next;
  }
  expect({ pages, gists: new Set(ids).size, listed: ids.length }).toEqual({
    pages: 3,
    gists: 65,
    listed: 65,
  });
});

test.each([['0'], ['-1'], ['x'], ['1.5'], ['100000']])('page %s is a bad request', async (page) => {
  expect(await ada.get(`/api/submissions/gists?page=${page}`)).toMatchObject({
    status: 400,
    body: { code: 'bad_request' },
  });
});

test('a page behind the last is empty', async () => {
  expect((await ada.get('/api/submissions/gists?page=9')).body).toEqual({ items: [], next: null });
});

test.each([
  ['down:gists', 'github_unavailable'],
  ['nonsense:gists', 'github_unavailable'],
  ['wrong_shape:gists', 'github_unavailable'],
  ['rate_limit:gists', 'github_rate_limited'],
])('while GitHub answers with %s it is refused with %s', async (fault, code) => {
  world.standin.setFaults([fault]);
  const answer = await ada.get('/api/submissions/gists');
  expect(answer).toMatchObject({ status: 503, body: { code } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('gists under one’s login that belong to another account by now are not listed', async () => {
  world.standin.setFaults(['owner_null']);
  expect((await ada.get('/api/submissions/gists')).body).toEqual({ items: [], next: null });
});

test('who is not signed in has no gists to choose from', async () => {
  expect((await world.ask('/api/submissions/gists')).status).toBe(401);
});
