import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { lapseQuarantines } from '#sql/queries/moves.ts';
import { startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let grace: Visitor;
let moderator: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  world.writeGist('grace', 'first', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
  grace = await world.signIn('grace');
  moderator = await world.signIn('moderator');
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const visitor of [ada, grace, moderator]) {
    await visitor.post('/api/submissions/seen', { seq: 1e15 });
    expect(await newFor(visitor)).toBe(0);
  }
});

type Item = { seq: number; move: string; gist_id: string; title: string; at: string; after: string };

const newFor = async (visitor: Visitor) => (await visitor.get('/api/me')).body.news;
const listed = async (visitor: Visitor) => (await visitor.get('/api/submissions/news')).body.items as Item[];
const movesTold = async (visitor: Visitor) => (await listed(visitor)).map(({ move }) => move);
const reject = (gistId: string, revision: string) =>
  moderator.decide(gistId, { decision: 'reject', revision, reason: 'low_quality' });

test('who is signed in is told how much is new, beside login, id and moderator', async () => {
  const { body } = await ada.get('/api/me');
  expect(body).toEqual({ login: 'ada', id: expect.any(String), moderator: false, news: 0 });
});

test('what others and jobs do is new to the owner, what the owner does is not', async () => {
  const { gistId, revision, name } = await world.submitNew(ada);
  expect(await newFor(ada)).toBe(0);
  await reject(gistId, revision);
  await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'Look again.' });
  await moderator.decide(gistId, { decision: 'approve', revision });
  await grace.post(`/api/submissions/${gistId}/report`, { reason: 'spam', text: '' });
  await world.database.query(
    "update submission set quarantined_at = now() - interval '73 hours' where gist_id = $1",
    [gistId],
  );
  await lapseQuarantines(world.database);
  await moderator.decide(gistId, { decision: 'remove', revision, reason: 'spam' });
  await moderator.decide(gistId, { decision: 'reopen', revision });
  world.writeGist('ada', name, { 'session.jsonl': '{"edited":true}\n' });
  await moderator.decide(gistId, { decision: 'approve', revision });
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  await ada.submit(gistId);

  expect(await movesTold(ada)).toEqual([
    'reject',
    'approve',
    'quarantine',
    'lapse',
    'remove',
    'reopen',
    'edit',
  ]);
  expect(await newFor(ada)).toBe(7);
  expect([await newFor(grace), await newFor(moderator)]).toEqual([0, 0]);
});

test('a quarantine that a moderator clears is two news', async () => {
  const { gistId, revision } = await world.submitNew(ada);
  // A report of a day’s second gist hides nothing, in an index as small as this.
  await world.database.query(
    `with head as (update log_head set seq = seq + 1 returning seq), moved as (
       update submission set state = 'quarantined', quarantined_from = 'pending', last_seq = head.seq
         from head where gist_id = $1)
     insert into moderation_log (seq, gist_id, move, from_state, to_state, revision)
     select seq, $1, 'quarantine', 'pending', 'quarantined', $2 from head`,
    [gistId, revision],
  );
  await moderator.decide(gistId, { decision: 'clear', revision });
  expect(await movesTold(ada)).toEqual(['quarantine', 'clear']);
});

test('a moderator who decides alone about a gist of their own hears nothing of it', async () => {
  const alone = await startWorld({ moderators: ['solo'] });
  try {
    const solo = await alone.signIn('solo');
    const { gistId, revision } = await alone.submitNew(solo);
    expect((await solo.decide(gistId, { decision: 'approve', revision })).status).toBe(200);
    expect(await newFor(solo)).toBe(0);
  } finally {
    await alone.close();
  }
});

test('reading the news marks nothing; marking them up to the last one shown does', async () => {
  const one = await world.submitNew(ada);
  await reject(one.gistId, one.revision);
  const shown = await listed(ada);
  expect(await listed(ada)).toEqual(shown);
  expect(shown).toEqual([
    {
      seq: expect.any(Number),
      at: expect.any(String),
      move: 'reject',
      gist_id: one.gistId,
      title: 'session.jsonl',
      after: expect.any(String),
    },
  ]);
  const seq = shown.at(-1)?.seq;
  expect(await ada.post('/api/submissions/seen', { seq })).toMatchObject({
    status: 200,
    body: { seen: seq },
  });
  expect([await newFor(ada), await listed(ada)]).toEqual([0, []]);
});

test('what is decided between reading and marking stays new', async () => {
  const [one, two] = [await world.submitNew(ada), await world.submitNew(ada)];
  await reject(one.gistId, one.revision);
  const seq = (await listed(ada)).at(-1)?.seq;
  await moderator.decide(two.gistId, { decision: 'approve', revision: two.revision });
  await ada.post('/api/submissions/seen', { seq });
  expect((await listed(ada)).map(({ gist_id, move }) => [gist_id, move])).toEqual([[two.gistId, 'approve']]);
});

test('two gists decided while a page is open are two news on the next', async () => {
  const [one, two] = [await world.submitNew(ada), await world.submitNew(ada)];
  expect(await listed(ada)).toEqual([]);
  await Promise.all([reject(one.gistId, one.revision), reject(two.gistId, two.revision)]);
  expect(await newFor(ada)).toBe(2);
});

test('marking from two windows at once takes nothing back', async () => {
  const [one, two] = [await world.submitNew(ada), await world.submitNew(ada)];
  await reject(one.gistId, one.revision);
  await reject(two.gistId, two.revision);
  const seqs = (await listed(ada)).map(({ seq }) => seq);
  await Promise.all([...seqs, ...seqs, 0].map((seq) => ada.post('/api/submissions/seen', { seq })));
  expect(await newFor(ada)).toBe(0);
});

test('nobody marks as seen what has not happened yet', async () => {
  const { body } = await ada.post('/api/submissions/seen', { seq: 1e15 });
  const { rows } = await world.database.query<{ seq: string }>('select seq from log_head');
  expect(body).toEqual({ seen: Number(rows[0]?.seq) });
  const { gistId, revision } = await world.submitNew(ada);
  await reject(gistId, revision);
  expect(await newFor(ada)).toBe(1);
});

test.each([[-1], [1.5], ['x'], [1e16], [null]])('%j is no log number to mark', async (seq) => {
  const answer = await ada.post('/api/submissions/seen', { seq });
  expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request' } });
});

test('a visitor has no news', async () => {
  for (const path of ['/api/submissions/news', '/api/submissions/feed']) {
    expect((await world.ask(path)).status).toBe(401);
  }
  for (const path of ['/api/submissions/seen', '/api/submissions/feed']) {
    expect((await world.ask(path, { method: 'POST' })).status).toBe(401);
  }
});

test('more news than a page holds are shown fifty at a time, none of them lost, and counted to a hundred', async () => {
  const { gistId, revision } = await world.submitNew(grace);
  await world.database.query(
    `with head as (update log_head set seq = seq + 110 returning seq), moved as (
       update submission set last_seq = head.seq from head where gist_id = $1)
     insert into moderation_log (seq, gist_id, move, from_state, to_state, revision)
     select head.seq - 110 + n, $1, 'edit', 'pending', 'pending', $2 from head, generate_series(1, 110) n`,
    [gistId, revision],
  );
  expect(await newFor(grace)).toBe(100);
  const pages: { count: number; more: unknown }[] = [];
  const seen = new Set<number>();
  for (let more: unknown = true; more; ) {
    const { body } = await grace.get('/api/submissions/news');
    const items = body.items as Item[];
    more = body.more;
    pages.push({ count: items.length, more });
    for (const { seq } of items) seen.add(seq);
    await grace.post('/api/submissions/seen', { seq: items.at(-1)?.seq });
  }
  expect(pages).toEqual([
    { count: 50, more: true },
    { count: 50, more: true },
    { count: 10, more: false },
  ]);
  expect([seen.size, await newFor(grace)]).toEqual([110, 0]);
});

test('the list of one’s submissions can begin at the gist that has news', async () => {
  const gists = [];
  for (let i = 0; i < 3; i++) gists.push(await world.submitNew(ada));
  const [old] = gists;
  if (!old) throw new Error('nothing was submitted');
  await reject(old.gistId, old.revision);
  const [item] = await listed(ada);
  const { body } = await ada.get(`/api/submissions?after=${item?.after}`);
  expect(body.items).toMatchObject([
    { gist_id: old.gistId },
    ...Array((body.items as []).length - 1).fill({}),
  ]);
});
