import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '#domain/finding.ts';
import { claudeSession, declarationOf, fakeToken, leakySession } from '../testing/sessions.ts';
import { noticeLeft, startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let moderator: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  [ada, moderator] = await Promise.all([world.signIn('ada'), world.signIn('moderator')]);
});
afterAll(() => world.close());

const asText = (value: unknown): string => JSON.stringify(value);

async function findingsOf(gistId: string): Promise<Finding[]> {
  const { body } = await ada.post('/api/submissions/preview', { gist_url: gistId });
  return body.findings as Finding[];
}

test('a gist with a token is refused with file, line and kind, and the token is nowhere', async () => {
  const gistId = world.writeGist('ada', 'leaky', { 'session.jsonl': leakySession });
  const answer = await ada.submit(gistId);
  expect(answer).toMatchObject({
    status: 422,
    body: {
      code: 'secrets_found',
      gist_id: gistId,
      count: 1,
      findings: [{ file: 'session.jsonl', line: 1, kind: expect.stringMatching(/GitHub/), severity: 'high' }],
    },
  });
  for (const word of ['session.jsonl', 'line 1', 'GitHub', 'Revoke', 'new gist', 'openagentsessions.json']) {
    expect(answer.body.detail).toContain(word);
  }
  const preview = await ada.post('/api/submissions/preview', { gist_url: gistId });
  expect(preview).toMatchObject({ status: 200, body: { blocking: 1 } });

  const seen = [
    asText(answer.body),
    asText(preview.body),
    await world.everythingStored(),
    world.logged.join('\n'),
  ];
  for (const text of seen) expect(text).not.toContain(fakeToken.slice(0, 8));
  expect(await world.everythingStored()).not.toContain(gistId);
});

test('a browser’s form that is refused for a token leads to the preview, with the sentence', async () => {
  const gistId = world.writeGist('ada', 'leaky-form', { 'session.jsonl': leakySession });
  const fields = { gist_url: gistId, license: 'MIT', attested: 'on' };
  const answer = await ada.sendForm('/api/submissions', fields);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/submit?gist=${gistId}`]);
  expect(noticeLeft(answer, world.runtime)).toMatchObject({
    code: 'secrets_found',
    sentence: expect.stringContaining('session.jsonl, line 1'),
    values: { gist_url: gistId, license: 'MIT' },
  });
});

test('a token in the description is refused too, and is not the title of the preview', async () => {
  const gistId = world.writeGist('ada', 'leaky-title', {
    '.gist.json': JSON.stringify({ description: `Push with ${fakeToken}` }),
    'session.jsonl': claudeSession('Print the tides.'),
  });
  const { body } = await ada.submit(gistId);
  expect(body).toMatchObject({
    code: 'secrets_found',
    file: '(description)',
    detail: expect.stringContaining('in the gist’s description, line 1: GitHub token'),
  });
  const preview = await ada.post('/api/submissions/preview', { gist_url: gistId });
  expect(preview.body).toMatchObject({ title: 'session.jsonl', row: { title: 'session.jsonl' } });
});

test('a mail address in the description is no secret, but no title either, and is stored nowhere', async () => {
  const gistId = world.writeGist('ada', 'mail-title', {
    '.gist.json': JSON.stringify({ description: 'Ask ada.byron@engine-works.net about tides' }),
    'openagentsessions.json': declarationOf({ tags: ['tides'] }),
    'session.jsonl': claudeSession('Print the tides.'),
  });
  const preview = await ada.post('/api/submissions/preview', { gist_url: gistId });
  expect(preview.body).toMatchObject({
    title: 'session.jsonl',
    blocking: 0,
    row: { title: 'session.jsonl' },
  });
  expect((await ada.submit(gistId)).status).toBe(201);
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body).toMatchObject({
    title: 'session.jsonl',
    inspection: { findings: [{ file: '(description)', severity: 'low' }] },
  });
  const { revision } = body;
  const decided = await moderator.post(`/api/moderation/${gistId}`, { decision: 'approve', revision });
  expect(decided.body).toMatchObject({ state: 'approved' });
  expect(await world.everythingStored()).not.toContain('engine-works');
});

test('a finding that its owner declares to be none blocks nothing, and the moderator sees both', async () => {
  const files = { 'session.jsonl': leakySession };
  const gistId = world.writeGist('ada', 'declared', files);
  const fingerprints = (await findingsOf(gistId)).map(({ fingerprint }) => fingerprint);
  world.writeGist('ada', 'declared', {
    ...files,
    'openagentsessions.json': declarationOf({ false_positives: fingerprints }),
  });
  expect((await ada.submit(gistId)).status).toBe(201);

  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body).toMatchObject({
    finding_counts: { blocking: 0, declared_false: 1, low: 0, omitted: 0 },
    inspection: { findings: [{ file: 'session.jsonl', line: 1, severity: 'high', declared_false: true }] },
  });
  const mine = await ada.get('/api/submissions');
  expect(mine.body.items).toContainEqual(
    expect.objectContaining({
      gist_id: gistId,
      blocking: 0,
      findings: [expect.objectContaining({ line: 1 })],
    }),
  );
  expect(await world.everythingStored()).not.toContain(fakeToken);
});

test('what another fingerprint declares does not help', async () => {
  const gistId = world.writeGist('ada', 'declared-other', {
    'session.jsonl': leakySession,
    'openagentsessions.json': declarationOf({ false_positives: ['0'.repeat(64)] }),
  });
  expect((await ada.submit(gistId)).body.code).toBe('secrets_found');
});

test('what is declared with personal data in it is left out, and the rest is kept', async () => {
  const gistId = world.writeGist('ada', 'declared-mail', {
    'session.jsonl': claudeSession('Print the tides.'),
    'openagentsessions.json': declarationOf({
      session: { agent: 'Claude Code', topic: 'Ask grace.brewster@tides-office.net about tides' },
      tags: ['tides', 'grace.brewster@tides-office.net'],
    }),
  });
  expect((await ada.submit(gistId)).status).toBe(201);
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body.inspection).toMatchObject({ declared: { session: { agent: 'Claude Code' }, tags: ['tides'] } });
  expect(asText(body)).not.toContain('tides-office');
  expect(await world.everythingStored()).not.toContain('tides-office');
});

test('a withdrawn gist into which a token came is not taken again, and stays withdrawn', async () => {
  const gistId = world.writeGist('ada', 'later-leak', { 'session.jsonl': claudeSession('Print the tides.') });
  await ada.submit(gistId);
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  world.writeGist('ada', 'later-leak', { 'session.jsonl': leakySession });
  expect((await ada.submit(gistId)).body.code).toBe('secrets_found');
  const { rows } = await world.database.query('select state from submission where gist_id = $1', [gistId]);
  expect(rows).toEqual([{ state: 'withdrawn' }]);
});

test('a gist in which no session is recognised is taken, and the moderator is told', async () => {
  const gistId = world.writeGist('ada', 'no-session', { 'packing.txt': 'socks\nlamp\n' });
  expect((await ada.submit(gistId)).status).toBe(201);
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body).toMatchObject({ agent: null, format: null, recognised: false, finding_counts: { low: 0 } });
});
