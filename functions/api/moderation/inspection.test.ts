import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { claudeSession, declarationOf, fakeToken, leakySession } from '../testing/sessions.ts';
import { startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let moderator: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  [ada, moderator] = await Promise.all([world.signIn('ada'), world.signIn('moderator')]);
});
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

const mail = 'grace.brewster@tides-office.net';

interface Offered {
  gistId: string;
  revision: string;
  name: string;
}

let made = 0;
async function submitted(files: Record<string, string>): Promise<Offered> {
  const name = `case-${made++}`;
  const gistId = world.writeGist('ada', name, files);
  const { body } = await ada.submit(gistId);
  return { gistId, revision: String(body.revision), name };
}

const approve = ({ gistId, revision }: Pick<Offered, 'gistId' | 'revision'>) =>
  moderator.decide(gistId, { decision: 'approve', revision });
const shown = async (gistId: string) => (await moderator.get(`/api/moderation/${gistId}`)).body;

/** As if the inspection had been made by the rules of another day. */
async function ageInspection(gistId: string): Promise<void> {
  await world.database.query(
    `update inspection set scanner_version = '0',
            result = jsonb_set(result::jsonb, '{scanner_version}', '"0"')::json where gist_id = $1`,
    [gistId],
  );
}

/** The gist's head as the row would stand at it had it been taken by rules that knew no such token. */
async function takenEarlier({ gistId, name }: Offered): Promise<{ gistId: string; revision: string }> {
  world.writeGist('ada', name, { 'session.jsonl': leakySession });
  const { body } = await ada.post('/api/submissions/preview', { gist_url: gistId });
  const revision = String(body.revision);
  await world.database.query('update submission set revision = $2 where gist_id = $1', [gistId, revision]);
  await world.database.query('update inspection set revision = $2 where gist_id = $1', [gistId, revision]);
  await ageInspection(gistId);
  return { gistId, revision };
}

async function stored(gistId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await world.database.query(
    'select revision, scanner_version, scan, agent, tags from inspection where gist_id = $1 order by inspected_at',
    [gistId],
  );
  return rows;
}

test('the queue and the case tell what was recognised and found', async () => {
  const { gistId, revision } = await submitted({
    'session.jsonl': claudeSession(`Ask ${mail} about the tides.`),
    'openagentsessions.json': declarationOf({ license: 'MIT', session: { model: 'gpt-5' } }),
  });
  const found = {
    agent: 'claude-code',
    agent_version: '2.1.34',
    recognised: true,
    finding_counts: { blocking: 0, declared_false: 0, low: 1, omitted: 0 },
    declaration_problem: null,
    // The licence chosen with the submission is CC0-1.0.
    contradictions: [
      { field: 'license', declared: 'MIT', found: 'CC0-1.0' },
      { field: 'model', declared: 'gpt-5', found: 'claude-sonnet-4-5-20250929' },
    ],
    suspected: false,
  };
  const { body } = await moderator.get('/api/moderation/queue');
  expect(body.items).toContainEqual(expect.objectContaining({ gist_id: gistId, ...found }));
  expect(await shown(gistId)).toMatchObject({
    ...found,
    current: true,
    inspection: {
      revision,
      inspected_at: expect.stringMatching(/^20.*Z$/),
      derived: { user_messages: 1, assistant_messages: 1 },
      findings: [{ severity: 'low', file: 'session.jsonl', line: 1 }],
      declared: { license: 'MIT' },
      declaration_problem: null,
    },
  });
  const { contradictions } = found;
  const mine = await ada.get('/api/submissions');
  expect(mine.body.items).toContainEqual(expect.objectContaining({ gist_id: gistId, contradictions }));
});

test('a row of earlier times, which was never inspected, is told as that', async () => {
  const { gistId } = await submitted({ 'session.jsonl': claudeSession('Hm.') });
  await world.database.query('delete from inspection where gist_id = $1', [gistId]);
  expect(await shown(gistId)).toMatchObject({
    agent: null,
    recognised: null,
    finding_counts: null,
    inspection: null,
    contradictions: [],
    current: false,
  });
});

test('only the owner and the moderators see findings', async () => {
  const { gistId } = await submitted({ 'session.jsonl': claudeSession(`Ask ${mail}.`) });
  const visitor = await world.signIn('visitor');
  expect((await visitor.get(`/api/moderation/${gistId}`)).status).toBe(403);
  expect((await visitor.get('/api/submissions')).body.items).toEqual([]);
  const { body } = await ada.get('/api/submissions');
  expect(body.items).toContainEqual(
    expect.objectContaining({ gist_id: gistId, agent: 'claude-code', findings: [expect.any(Object)] }),
  );
});

test('approving what was found makes it reviewed; what was clean stays clean', async () => {
  const low = await submitted({ 'session.jsonl': claudeSession(`Ask ${mail}.`) });
  const clean = await submitted({ 'session.jsonl': claudeSession('Print the tides.') });
  expect(await stored(low.gistId)).toMatchObject([{ scan: null }]);
  await approve(low);
  await approve(clean);
  expect(await stored(low.gistId)).toMatchObject([{ scan: 'reviewed' }]);
  expect(await stored(clean.gistId)).toMatchObject([{ scan: 'clean' }]);
});

test('what newer rules find while approving, the moderator has not seen', async () => {
  const offered = await submitted({ 'session.jsonl': claudeSession(`Ask ${mail}.`) });
  await world.database.query('delete from inspection where gist_id = $1', [offered.gistId]);
  expect((await approve(offered)).status).toBe(200);
  expect(await stored(offered.gistId)).toMatchObject([{ scan: null, agent: 'claude-code' }]);
});

test('an approval inspects again by the rules of today, and keeps what it found', async () => {
  const offered = await submitted({ 'session.jsonl': claudeSession('Print the tides.') });
  await ageInspection(offered.gistId);
  expect((await shown(offered.gistId)).current).toBe(false);
  expect((await approve(offered)).body.state).toBe('approved');
  const [inspection] = await stored(offered.gistId);
  expect(inspection?.scanner_version).not.toBe('0');
  expect((await shown(offered.gistId)).current).toBe(true);
});

test('a secret that newer rules find keeps a gist out, and moderator and owner see it', async () => {
  const offered = await takenEarlier(await submitted({ 'session.jsonl': claudeSession('Hm.') }));
  const answer = await approve(offered);
  expect(answer).toMatchObject({
    status: 422,
    body: { code: 'secrets_found', findings: [{ file: 'session.jsonl', line: 1 }] },
  });
  expect(await shown(offered.gistId)).toMatchObject({
    state: 'pending',
    current: true,
    finding_counts: { blocking: 1 },
  });
  const { body } = await ada.get('/api/submissions');
  expect(body.items).toContainEqual(expect.objectContaining({ gist_id: offered.gistId, blocking: 1 }));
  expect((await approve(offered)).body.code).toBe('secrets_found');
  expect(await world.everythingStored()).not.toContain(fakeToken);
  expect(world.logged.join('\n')).not.toContain(fakeToken);
});

test('a title in which newer rules find a secret is gone once an approval has found it', async () => {
  const description = `Push with ${fakeToken}`;
  const offered = await submitted({ 'session.jsonl': claudeSession('Hm.') });
  world.writeGist('ada', offered.name, { '.gist.json': JSON.stringify({ description }) });
  await world.database.query('update submission set title = $1 where gist_id = $2', [
    description,
    offered.gistId,
  ]);
  await ageInspection(offered.gistId);
  expect((await approve(offered)).body.code).toBe('secrets_found');
  expect(await shown(offered.gistId)).toMatchObject({ title: 'session.jsonl' });
  expect(await world.everythingStored()).not.toContain(fakeToken);
});

test.each([
  ['down:raw', 'github_unavailable'],
  ['raw_429', 'github_rate_limited'],
])('while raw files answer with %s nothing is approved unread: %s', async (fault, code) => {
  const offered = await submitted({ 'session.jsonl': `${'x'.repeat(1024 * 1024)}xx` });
  await ageInspection(offered.gistId);
  const before = await stored(offered.gistId);
  world.standin.setFaults([fault]);
  expect(await approve(offered)).toMatchObject({ status: 503, body: { code } });
  expect(await stored(offered.gistId)).toEqual(before);
  expect(await shown(offered.gistId)).toMatchObject({ state: 'pending' });
});

test('a new head revision is inspected as the row takes it', async () => {
  const offered = await submitted({ 'session.jsonl': claudeSession('Hm.') });
  world.writeGist('ada', offered.name, { 'session.jsonl': leakySession });
  expect((await approve(offered)).body.code).toBe('revision_changed');
  const { revision, inspection } = await shown(offered.gistId);
  expect(revision).not.toBe(offered.revision);
  expect(inspection).toMatchObject({ revision, findings: [{ severity: 'high' }] });
  expect(await approve({ ...offered, revision: String(revision) })).toMatchObject({
    body: { code: 'secrets_found' },
  });
  expect(await world.everythingStored()).not.toContain(fakeToken);
});

test('a token in the place of a model’s name is kept with nothing that is kept', async () => {
  const offered = await submitted({ 'session.jsonl': claudeSession('Hm.') });
  const text = claudeSession('Hm.').replaceAll('claude-sonnet-4-5-20250929', fakeToken);
  world.writeGist('ada', offered.name, { 'session.jsonl': text });
  await approve(offered);
  expect(await shown(offered.gistId)).toMatchObject({
    agent: 'claude-code',
    finding_counts: { blocking: 1 },
    inspection: { derived: { models: null }, files: [{ models: null }] },
  });
  expect(await world.everythingStored()).not.toContain(fakeToken);
});

test('a new head revision whose files do not come is taken without; approving asks again', async () => {
  const offered = await submitted({ 'session.jsonl': claudeSession('Hm.') });
  world.writeGist('ada', offered.name, { 'session.jsonl': `${'x'.repeat(1024 * 1024)}xx` });
  world.standin.setFaults(['down:raw']);
  expect((await approve(offered)).body.code).toBe('revision_changed');
  const { revision, inspection } = await shown(offered.gistId);
  expect(inspection).toBeNull();
  world.standin.setFaults([]);
  expect((await approve({ ...offered, revision: String(revision) })).body.state).toBe('approved');
  expect(await shown(offered.gistId)).toMatchObject({ inspection: { revision } });
});

test('a token that comes into the description, which makes no revision, keeps the gist out', async () => {
  const offered = await submitted({
    '.gist.json': '{"description":"Tides"}',
    'session.jsonl': claudeSession('Hm.'),
  });
  const description = JSON.stringify({ description: `Tides ${fakeToken}` });
  world.writeGist('ada', offered.name, { '.gist.json': description });
  expect(await approve(offered)).toMatchObject({ body: { code: 'secrets_found', file: '(description)' } });
  expect(await shown(offered.gistId)).toMatchObject({ title: 'Tides', revision: offered.revision });
  expect(await world.everythingStored()).not.toContain(fakeToken);
});

test.each([
  ['inspected', []],
  ['not inspected, because its files do not come', ['down:raw']],
])('a token that comes in as a file’s name is shown and kept nowhere: %s', async (_, faults) => {
  const offered = await submitted({ 'session.jsonl': claudeSession('Hm.') });
  const files = { [`${fakeToken}.jsonl`]: 'x\n', 'long.txt': `${'x'.repeat(1024 * 1024)}xx` };
  world.writeGist('ada', offered.name, files);
  world.standin.setFaults(faults);
  expect((await approve(offered)).body.code).toBe('revision_changed');
  const standing = await shown(offered.gistId);
  world.standin.setFaults([]);
  const preview = await ada.post('/api/submissions/preview', { gist_url: offered.gistId });
  expect(preview.status).toBe(200);
  const revision = String(standing.revision);
  expect((await approve({ ...offered, revision })).body.code).toBe('secrets_found');
  const seen = [standing, preview.body, await world.everythingStored()];
  expect(JSON.stringify(seen)).not.toContain(fakeToken.slice(0, 12));
});

/** A row whose second file is called by a token, and was approved and seen so by rules that knew no such token. */
async function namedByToken(): Promise<Offered> {
  const offered = await submitted({ 'session.jsonl': claudeSession('Hm.') });
  world.writeGist('ada', offered.name, { [`${fakeToken}.txt`]: 'x\n' });
  const { body } = await ada.post('/api/submissions/preview', { gist_url: offered.gistId });
  const revision = String(body.revision);
  await world.database.query(
    `update submission set revision = $2, files = named.files, approved_revision = revision,
            approved_files = named.files, previous_revision = revision, previous_files = named.files
       from (select json_build_array(
               json_build_object('name', $3::text, 'bytes', 2, 'git_blob_sha', repeat('b', 40), 'raw_url', 'u'),
               json_build_object('name', 'session.jsonl', 'bytes', 2, 'git_blob_sha', repeat('c', 40), 'raw_url', 'u')
             ) as files) as named
      where gist_id = $1`,
    [offered.gistId, revision, `${fakeToken}.txt`],
  );
  await world.database.query('update inspection set revision = $2 where gist_id = $1', [
    offered.gistId,
    revision,
  ]);
  await ageInspection(offered.gistId);
  return { ...offered, revision };
}

test('a name in which newer rules find a secret is forgotten with the files of earlier revisions', async () => {
  const standing = await namedByToken();
  expect(await world.everythingStored()).toContain(fakeToken);
  expect((await approve(standing)).body.code).toBe('secrets_found');
  expect(await world.everythingStored()).not.toContain(fakeToken);

  const edited = await namedByToken();
  world.writeGist('ada', edited.name, { 'session.jsonl': claudeSession('Another.') });
  const refused = await approve(edited);
  expect(refused.body).toMatchObject({ code: 'revision_changed', changed: expect.any(Array) });
  expect(JSON.stringify(refused.body)).not.toContain(fakeToken);
  expect(await world.everythingStored()).not.toContain(fakeToken);
});
