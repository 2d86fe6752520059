import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { datasetFields } from '#domain/dataset-row.ts';
import { licenseIds } from '#domain/license.ts';
import { claudeSession, declarationOf } from '../testing/sessions.ts';
import { noticeLeft, startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
});
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

const preview = (gist_url: unknown) => ada.post('/api/submissions/preview', { gist_url });

test('a preview tells what was recognised and what would be published, and writes nothing', async () => {
  const gistId = world.writeGist('ada', 'tides', {
    '.gist.json': '{"description":"Print the tides"}',
    'session.jsonl': claudeSession('Print the tides of Bergen.'),
    'notes.txt': 'nothing',
    'openagentsessions.json': declarationOf({
      license: 'MIT',
      session: { agent: 'Codex', topic: 'A tide table' },
      tags: ['tides'],
    }),
  });
  const before = await world.everythingStored();
  const { status, body } = await preview(`https://gist.github.com/ada/${gistId}#file-session-jsonl`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    gist_id: gistId,
    revision: expect.stringMatching(/^[0-9a-f]{40}$/),
    title: 'Print the tides',
    state: null,
    recognised: true,
    findings: [],
    findings_omitted: 0,
    blocking: 0,
    declared: { license: 'MIT' },
    declaration_problem: null,
    contradictions: [{ field: 'agent', declared: 'Codex', found: 'claude-code' }],
    licenses: licenseIds,
  });
  const files = body.files as { name: string }[];
  expect(files.find(({ name }) => name === 'session.jsonl')).toMatchObject({
    counted: true,
    agent: 'claude-code',
  });
  expect(files.find(({ name }) => name === 'notes.txt')).toMatchObject({ counted: false, agent: null });
  expect(Object.keys(body.row as object)).toEqual(datasetFields);
  expect(body.row).toMatchObject({
    title: 'Print the tides',
    topic: 'A tide table',
    tags: ['tides'],
    agent: 'claude-code',
    agent_version: '2.1.34',
    models: ['claude-sonnet-4-5-20250929'],
    started_at: '2026-03-04T09:12:06.000Z',
    user_messages: 1,
    assistant_messages: 1,
    scan: 'clean',
    license: null,
    submitted_at: null,
    approved_at: null,
    seq: null,
    attestation_version: null,
  });
  // Sessions, whose last use is noted, and the count of requests aside.
  const withoutUse = (text: string) => text.replaceAll(/"last_seen":"[^"]+"|\n\{"key":"writes:.*\}/g, '');
  expect(withoutUse(await world.everythingStored())).toBe(withoutUse(before));
  expect(JSON.stringify(body)).not.toContain('Bergen');
});

test('what could not be read of a file is told in a sentence, with its line', async () => {
  const gistId = world.writeGist('ada', 'cut', {
    'session.jsonl': `${claudeSession('Print the tides.')}{"type":"user","message":{"ro`,
  });
  const { body } = await preview(gistId);
  expect(body).toMatchObject({
    recognised: true,
    files: [
      {
        problems: expect.arrayContaining([
          { code: 'cut_off', line: 3, count: 1, sentence: expect.stringMatching(/\w\.$/) },
        ]),
      },
    ],
  });
});

test('a declaration that is not as it should be is told of', async () => {
  const gistId = world.writeGist('ada', 'misdeclared', {
    'session.jsonl': claudeSession('Print the tides.'),
    'openagentsessions.json': declarationOf({ license: 'WTFPL' }),
  });
  const { body } = await preview(gistId);
  expect(body).toMatchObject({ declared: null, declaration_problem: expect.stringContaining('license') });
});

test('a gist that is in the index says where it stands', async () => {
  const { gistId } = await world.submitNew(ada);
  expect((await preview(gistId)).body).toMatchObject({
    state: 'pending',
    refusal: { code: 'already_submitted', detail: expect.stringContaining('in the index already') },
  });
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  expect((await preview(gistId)).body).toMatchObject({ state: 'withdrawn', refusal: null });
});

test.each([
  ['', 400, 'invalid_gist_url'],
  [7, 400, 'bad_request'],
  ['0'.repeat(32), 404, 'gist_not_found'],
])('the address %j is refused', async (gist_url, status, code) => {
  expect(await preview(gist_url)).toMatchObject({ status, body: { code } });
});

test('nobody previews the gist of somebody else, or a secret one', async () => {
  const hers = world.writeGist('grace', 'hers', { 'session.jsonl': claudeSession('Hm.') });
  expect(await preview(hers)).toMatchObject({ status: 403, body: { code: 'not_owner' } });
  const secret = world.writeGist('ada', 'secret', { '.gist.json': '{"public":false}', 'a.jsonl': 'x' });
  expect(await preview(secret)).toMatchObject({ status: 422, body: { code: 'gist_secret' } });
  const nobody = await world.ask('/api/submissions/preview', { method: 'POST' });
  expect(nobody.status).toBe(401);
});

test.each([
  ['down:gists', 'github_unavailable'],
  ['rate_limit:gists', 'github_rate_limited'],
])('while GitHub answers with %s it is refused with %s', async (fault, code) => {
  const gistId = world.writeGist('ada', 'faulty', { 'session.jsonl': 'x' });
  world.standin.setFaults([fault]);
  expect(await preview(gistId)).toMatchObject({ status: 503, body: { code } });
});

const posted = (gist_url: string) => ada.sendForm('/api/submissions/preview', { gist_url });

test('a browser’s form goes on to the page of the preview', async () => {
  const gistId = world.writeGist('ada', 'by-form', { 'session.jsonl': 'x' });
  const answer = await posted(`https://gist.github.com/ada/${gistId}`);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/submit?gist=${gistId}`]);
  expect(noticeLeft(answer, world.runtime)).toBeUndefined();
});

test('a browser’s form that is refused goes back, with the sentence and the address', async () => {
  const answer = await posted('nonsense');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/submit']);
  expect(noticeLeft(answer, world.runtime)).toMatchObject({
    code: 'invalid_gist_url',
    values: { gist_url: 'nonsense' },
  });
});
