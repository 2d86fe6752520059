import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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

const session = { 'session.jsonl': '{"type":"user"}\n' };

async function counted(): Promise<{ rows: number; log: number }> {
  const { rows } = await world.database.query<{ rows: string; log: string }>(
    'select (select count(*) from submission) as rows, (select count(*) from moderation_log) as log',
  );
  return { rows: Number(rows[0]?.rows), log: Number(rows[0]?.log) };
}

/** Refused with this code and status, in a sentence, and nothing was written. */
async function expectRefused(
  asked: () => Promise<{ status: number; body: Record<string, unknown> }>,
  status: number,
  code: string,
) {
  const before = await counted();
  const { body, ...answer } = await asked();
  expect({ status: answer.status, code: body.code }).toEqual({ status, code });
  expect(body.detail).toMatch(/\w.*\.$/);
  expect(await counted()).toEqual(before);
}

test('a public gist of one’s own is taken, at its head revision, as metadata only', async () => {
  const gistId = world.writeGist('ada', 'taken', {
    '.gist.json': '{"description":"Fix the parser"}',
    'b.jsonl': 'secret words of the session',
    'a.jsonl': 'x',
  });
  const answer = await ada.submit(gistId, { license: 'MIT' });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    gist_id: gistId,
    revision: expect.stringMatching(/^[0-9a-f]{40}$/),
    state: 'pending',
  });

  const { rows } = await world.database.query('select * from submission where gist_id = $1', [gistId]);
  expect(rows[0]).toMatchObject({
    record_id: `github_gist:${gistId}`,
    title: 'Fix the parser',
    license: 'MIT',
    state: 'pending',
    presence: 'never',
    total_bytes: '28',
    revision: answer.body.revision,
  });
  expect(rows[0]?.files).toMatchObject([
    { name: 'a.jsonl', bytes: 1 },
    { name: 'b.jsonl', bytes: 27 },
  ]);
  expect(await world.everythingStored()).toContain('Fix the parser');
  expect(await world.everythingStored()).not.toContain('secret words');
});

test('a page, raw or API address of the gist is as good as its id', async () => {
  const gistId = world.writeGist('ada', 'by-address', session);
  const answer = await ada.submit(`https://gist.github.com/ada/${gistId}#file-session-jsonl`);
  expect(answer.status).toBe(201);
});

test('fifty equal submissions at once make one row and one log row', async () => {
  const gistId = world.writeGist('ada', 'fifty', session);
  const before = await counted();
  const answers = await Promise.all(Array.from({ length: 50 }, () => ada.submit(gistId)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'already_submitted')).toHaveLength(49);
  expect(await counted()).toEqual({ rows: before.rows + 1, log: before.log + 1 });
});

test('fifty different submissions at once make fifty rows, numbered without doubles', async () => {
  const gistIds = Array.from({ length: 50 }, (_, i) => world.writeGist('ada', `many-${i}`, session));
  const before = await counted();
  const answers = await Promise.all(gistIds.map((gistId) => ada.submit(gistId)));
  expect(answers.every(({ status }) => status === 201)).toBe(true);
  expect(await counted()).toEqual({ rows: before.rows + 50, log: before.log + 50 });
});

test.each([['not an address'], [''], ['https://example.org/x'], ['https://gist.github.com/ada']])(
  'the address %j is refused',
  (gist_url) => expectRefused(() => ada.submit('', { gist_url }), 400, 'invalid_gist_url'),
);

test.each([
  [{ license: 'GPL-3.0' }],
  [{ license: 7 }],
  [{ gist_url: 7 }],
  [{ gist_url: 'x'.repeat(3000) }],
  [{ attested: 'maybe' }],
  [{ revision: 'x'.repeat(41) }],
])('%o is a bad request', (changes) => expectRefused(() => ada.submit('abc', changes), 400, 'bad_request'));

test.each([
  [{ license: undefined }, 'license_required'],
  [{ license: '' }, 'license_required'],
  [{ attested: undefined }, 'attestation_required'],
  [{ attested: false }, 'attestation_required'],
])('%o is refused with %s', async (changes, code) => {
  const gistId = world.writeGist('ada', 'unattested', session);
  await expectRefused(() => ada.submit(gistId, changes), 422, code);
});

test('a gist GitHub does not have is not found', () =>
  expectRefused(() => ada.submit('0'.repeat(32)), 404, 'gist_not_found'));

test('somebody else’s gist is refused, naming its owner', async () => {
  const gistId = world.writeGist('grace', 'hers', session);
  await expectRefused(() => ada.submit(gistId), 403, 'not_owner');
  expect((await ada.submit(gistId)).body.detail).toContain('grace');
});

test('a gist that came to another account does not change what its first owner chose', async () => {
  const gistId = world.writeGist('ada', 'given-away', session);
  await ada.submit(gistId, { license: 'MIT' });
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  world.writeGist('ada', 'given-away', { '.gist.json': '{"owner":"grace"}' });
  const grace = await world.signIn('grace');
  await expectRefused(() => grace.submit(gistId, { license: 'CC0-1.0' }), 403, 'not_owner');
});

test('every file counts, whatever it is called', async () => {
  const gistId = world.writeGist('ada', 'proto', JSON.parse('{"__proto__":"abc","a.md":"x"}'));
  await ada.submit(gistId);
  const { rows } = await world.database.query(
    'select files, total_bytes from submission where gist_id = $1',
    [gistId],
  );
  expect(rows[0]).toMatchObject({ files: [{ name: '__proto__' }, { name: 'a.md' }], total_bytes: '4' });
});

test.each([
  ['secret', { '.gist.json': '{"public":false}', ...session }, 422, 'gist_secret'],
  ['fork', { '.gist.json': `{"fork_of":"${'a'.repeat(32)}"}`, ...session }, 422, 'gist_fork'],
  ['empty', { 'session.jsonl': '' }, 422, 'gist_empty'],
  ['large', { 'session.jsonl': Buffer.alloc(10 * 1024 * 1024 + 1, 'x') }, 413, 'gist_too_large'],
  ['blocked', { '.gist.json': '{"blocked":"tos"}', ...session }, 404, 'gist_not_found'],
  ['dmca', { '.gist.json': '{"blocked":"dmca"}', ...session }, 404, 'gist_not_found'],
  ['ownerless', { '.gist.json': '{"owner_null":true}', ...session }, 403, 'not_owner'],
] as const)('a %s gist is refused', async (name, files, status, code) => {
  const gistId = world.writeGist('ada', `refused-${name}`, files);
  await expectRefused(() => ada.submit(gistId), status, code);
});

test('a gist with more files than GitHub lists is too large', async () => {
  const files = Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`part-${i}.jsonl`, 'x']));
  const gistId = world.writeGist('ada', 'parts', files);
  await expectRefused(() => ada.submit(gistId), 413, 'gist_too_large');
});

test('a revision that is no longer the head is refused, naming the head', async () => {
  const gistId = world.writeGist('ada', 'moved-on', session);
  const before = await counted();
  const answer = await ada.submit(gistId, { revision: '0'.repeat(40) });
  expect(answer).toMatchObject({
    status: 409,
    body: { code: 'revision_changed', revision: expect.any(String) },
  });
  expect(answer.body.detail).toContain(answer.body.revision);
  expect(await counted()).toEqual(before);
});

test.each([
  ['down:raw', 'github_unavailable'],
  ['raw_other_bytes', 'github_unavailable'],
  ['raw_429', 'github_rate_limited'],
])('while raw files come with %s nothing is written: %s', async (fault, code) => {
  const gistId = world.writeGist('ada', 'while-raw', { 'session.jsonl': `${'x'.repeat(1024 * 1024)}xx` });
  world.standin.setFaults([fault]);
  await expectRefused(() => ada.submit(gistId), 503, code);
});

test.each([
  ['down', 'github_unavailable'],
  ['bad_gateway', 'github_unavailable'],
  ['reset', 'github_unavailable'],
  ['empty', 'github_unavailable'],
  ['nonsense', 'github_unavailable'],
  ['wrong_shape', 'github_unavailable'],
  ['partial', 'github_unavailable'],
  ['rate_limit', 'github_rate_limited'],
  ['secondary_limit', 'github_rate_limited'],
])('while GitHub answers with %s nothing is written: %s', async (fault, code) => {
  const gistId = world.writeGist('ada', 'while-faulty', session);
  world.standin.setFaults([`${fault}:gists`]);
  const before = await counted();
  const answer = await ada.submit(gistId);
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 503, code });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await counted()).toEqual(before);
});

test('GitHub hanging is given up on, and nothing is written', async () => {
  const gistId = world.writeGist('ada', 'while-hanging', session);
  world.standin.setFaults(['hang:gists']);
  await expectRefused(() => ada.submit(gistId), 503, 'github_unavailable');
});

test('an empty field for the revision, as a form has, means the one there is', async () => {
  const gistId = world.writeGist('ada', 'no-revision', { 'session.jsonl': '{}\n' });
  const fields = { gist_url: gistId, license: 'MIT', attested: 'on', revision: '' };
  expect(await ada.post('/api/submissions', fields)).toMatchObject({ status: 201 });
});

test('without a session the submission is refused', async () => {
  const answer = await world.ask('/api/submissions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: 'not_signed_in' });
});

test('a browser’s form goes on to the list of one’s submissions', async () => {
  const gistId = world.writeGist('ada', 'by-form', session);
  const fields = { gist_url: gistId, license: 'MIT', attested: 'on' };
  const answer = await ada.sendForm('/api/submissions', fields);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/mine']);
});

test('a browser’s form that is refused goes back, with the sentence and what was filled in', async () => {
  const fields = { gist_url: 'nonsense', license: 'MIT', attested: 'on' };
  const answer = await ada.sendForm('/api/submissions', fields);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/submit']);
  expect(noticeLeft(answer, world.runtime)).toMatchObject({
    kind: 'refused',
    code: 'invalid_gist_url',
    sentence: expect.stringContaining('not the address of a gist'),
    values: { gist_url: 'nonsense', license: 'MIT' },
  });
});
