import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { noticeLeft, startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let moderator: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  world.writeGist('grace', 'first', { 'session.jsonl': '{}\n' });
  [ada, moderator] = await Promise.all([world.signIn('ada'), world.signIn('moderator')]);
});
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

const submitted = () => world.submitNew(ada);

async function approved() {
  const made = await submitted();
  await moderator.decide(made.gistId, { decision: 'approve', revision: made.revision });
  return made;
}

async function rejected() {
  const made = await submitted();
  await moderator.decide(made.gistId, { decision: 'reject', revision: made.revision, reason: 'low_quality' });
  return made;
}

async function standing(gistId: string): Promise<unknown> {
  const { rows } = await world.database.query('select state, presence from submission where gist_id = $1', [
    gistId,
  ]);
  return rows[0];
}

test('the owner withdraws without anybody’s consent, GitHub’s included', async () => {
  const { gistId } = await approved();
  world.standin.setFaults(['down']);
  const answer = await ada.post(`/api/submissions/${gistId}/withdraw`);
  expect(answer).toMatchObject({ status: 200, body: { gist_id: gistId, state: 'withdrawn' } });
  expect(await standing(gistId)).toEqual({ state: 'withdrawn', presence: 'departed' });
});

test('withdrawing many times at once is one withdrawal', async () => {
  const { gistId } = await approved();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => ada.post(`/api/submissions/${gistId}/withdraw`)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'invalid_state')).toHaveLength(9);
});

test('nobody else withdraws it', async () => {
  const { gistId } = await approved();
  const grace = await world.signIn('grace');
  const answer = await grace.post(`/api/submissions/${gistId}/withdraw`);
  expect(answer).toMatchObject({ status: 403, body: { code: 'not_owner' } });
  expect(await standing(gistId)).toEqual({ state: 'approved', presence: 'listed' });
});

test('a gist that was never submitted cannot be withdrawn', async () => {
  const answer = await ada.post(`/api/submissions/${'0'.repeat(32)}/withdraw`);
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('a withdrawn gist can be submitted again, under another licence', async () => {
  const { gistId } = await approved();
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  const answer = await ada.submit(gistId, { license: 'Apache-2.0' });
  expect(answer).toMatchObject({ status: 201, body: { state: 'pending' } });
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body).toMatchObject({ license: 'Apache-2.0', state: 'pending', presence: 'departed' });
});

test('a rejected revision is not taken again, an edited one is', async () => {
  const { gistId, name } = await rejected();
  expect((await ada.submit(gistId)).body).toMatchObject({ code: 'already_submitted', status: 409 });
  world.writeGist('ada', name, { 'session.jsonl': '{"better":true}\n' });
  expect((await ada.submit(gistId)).body.state).toBe('pending');
});

test('a rejection is answered once; the moderators read the answer', async () => {
  const { gistId, revision } = await rejected();
  const answer = await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'It shows a rare bug.' });
  expect(answer).toMatchObject({ status: 200, body: { state: 'pending', revision } });
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body).toMatchObject({ appeal: 'It shows a rare bug.', reason: null });

  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'low_quality' });
  const second = await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'Please.' });
  expect(second).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
});

test('an answer keeps its lines, and loses what no one can see', async () => {
  const { gistId } = await rejected();
  await ada.post(`/api/submissions/${gistId}/appeal`, { text: ' One\u0000\u0007\r\nTwo ' });
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body.appeal).toBe('One\nTwo');
});

test('a long answer in any script that is refused comes back to be corrected', async () => {
  const { gistId } = await approved();
  const text = Array.from({ length: 1000 }, (_, i) =>
    String.fromCodePoint(0x4e00 + ((i * 7919) % 5000)),
  ).join('');
  const answer = await ada.sendForm(`/api/submissions/${gistId}/appeal`, { text });
  expect(noticeLeft(answer, world.runtime)).toMatchObject({ code: 'invalid_state', values: { text } });
});

test.each([[''], ['   '], ['\u0000'], ['x'.repeat(1001)]])(
  'an answer of %j is a bad request',
  async (text) => {
    const { gistId } = await rejected();
    const answer = await ada.post(`/api/submissions/${gistId}/appeal`, { text });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  },
);

test('one sees one’s own submissions with their history, and nobody else’s', async () => {
  const { gistId, revision } = await approved();
  const { body } = await ada.get('/api/submissions');
  expect(body.items).toContainEqual(
    expect.objectContaining({
      gist_id: gistId,
      state: 'approved',
      history: [
        expect.objectContaining({ move: 'submit', to_state: 'pending', revision }),
        expect.objectContaining({ move: 'approve', from_state: 'pending', to_state: 'approved', revision }),
      ],
    }),
  );
  const grace = await world.signIn('grace');
  expect((await grace.get('/api/submissions')).body).toEqual({ items: [], next: null });
});

test('the list of one’s submissions goes on over its pages', async () => {
  for (let i = 0; i < 55; i++) await submitted();
  const first = await ada.get('/api/submissions');
  const second = await ada.get(`/api/submissions?after=${first.body.next}`);
  const ids = [
    ...(first.body.items as { gist_id: string }[]),
    ...(second.body.items as { gist_id: string }[]),
  ];
  expect(first.body.items).toHaveLength(50);
  expect(new Set(ids.map((item) => item.gist_id)).size).toBe(ids.length);
});

test.each([
  ['nonsense'],
  [Buffer.from('2026-11-22T10:00:00.000Z|\u0000').toString('base64url')],
  [Buffer.from('+275760-09-13T00:00:00.000Z|abc').toString('base64url')],
])('a list does not go on after %s', async (after) => {
  expect((await ada.get(`/api/submissions?after=${after}`)).body.code).toBe('bad_request');
});

test('the public log tells of listed rows with coarse reasons, and counts rejections', async () => {
  const { gistId, revision } = await approved();
  await moderator.decide(gistId, { decision: 'remove', revision, reason: 'secret', note: 'key in line 7' });
  const { gistId: never } = await rejected();
  const answer = await world.ask('/api/log');
  const text = await answer.text();
  const log = JSON.parse(text);
  expect(log.items).toContainEqual(
    expect.objectContaining({ gist_id: gistId, kind: 'removed', reason: 'policy' }),
  );
  expect(log.rejections.low_quality).toBeGreaterThan(0);
  for (const hidden of [never, 'key in line 7', 'ada', 'moderator']) expect(text).not.toContain(hidden);
});
