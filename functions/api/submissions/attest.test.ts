import { afterAll, beforeAll, expect, test } from 'vitest';
import { standinAccountId } from '#github/standin/ids.ts';
import { countDueRechecks, readOwnersLost } from '#sql/queries/due-rechecks.ts';
import { countDueInspections } from '#sql/queries/inspections.ts';
import { leaveUnattested } from '#sql/testing-unattested.ts';
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

let made = 0;

/** A gist of Ada's that the earlier site left in this state. */
async function left(state?: 'pending' | 'approved' | 'rejected' | 'removed'): Promise<string> {
  made += 1;
  const gistId = world.writeGist('ada', `left-${made}`, {
    'session.jsonl': `{"n":${made}}\n`,
    '.gist.json': JSON.stringify({ description: `Left ${made}` }),
  });
  const owner = { id: String(standinAccountId('ada')), login: 'ada' };
  await leaveUnattested(world.database, { gistId, owner, ...(state && { state }) });
  return gistId;
}

async function row(gistId: string): Promise<Record<string, unknown>> {
  const { rows } = await world.database.query('select * from submission where gist_id = $1', [gistId]);
  return rows[0] ?? {};
}

async function listed(path: string, as = ada): Promise<Record<string, unknown>[]> {
  const { body } = await as.get(path);
  return body.items as Record<string, unknown>[];
}

const idsOf = (items: readonly Record<string, unknown>[]) => items.map((item) => item.gist_id);

test('it waits for its owner: told, in a list of its own, offered like a gist that was never submitted', async () => {
  const gistId = await left();
  const mine = (await listed('/api/submissions?unattested=true')).find((item) => item.gist_id === gistId);
  expect(mine).toMatchObject({ state: 'pending', license: null, attestation_version: null, files: [] });
  expect(mine?.allowed).toEqual(['withdraw', 'attest']);
  const news = (await listed('/api/submissions/news')).filter((item) => item.gist_id === gistId);
  expect(news.map(({ move }) => move)).toEqual(['import']);
  const gists = await listed('/api/submissions/gists');
  expect(gists.find((gist) => gist.gist_id === gistId)).toMatchObject({ submitted: null });
  const preview = await ada.post('/api/submissions/preview', { gist_url: gistId });
  expect(preview).toMatchObject({ status: 200, body: { state: null, refusal: null } });
});

test('moderators have it in a list of its own, not in the queue, and cannot approve it', async () => {
  const gistId = await left();
  const { revision } = await row(gistId);
  expect(idsOf(await listed('/api/moderation/queue', moderator))).not.toContain(gistId);
  const [item] = (await listed('/api/moderation/queue?waiting=unattested', moderator)).filter(
    (each) => each.gist_id === gistId,
  );
  expect(item).toMatchObject({ waiting: 'unattested', license: null, allowed: ['reject', 'remove'] });
  const approval = await moderator.decide(gistId, { decision: 'approve', revision });
  expect(approval).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
  expect(approval.body.detail).toContain('its owner has not confirmed it and chosen a licence yet');
  const bulk = await moderator.post('/api/moderation/bulk', { rows: [{ gist_id: gistId, revision }] });
  expect(bulk.body.results).toMatchObject([{ ok: false, code: 'invalid_state' }]);
  expect(await row(gistId)).toMatchObject({ state: 'pending', presence: 'never', license: null });
});

test('confirmed, it is read as it is now and waits for a moderator from then on; then it is listed', async () => {
  const gistId = await left();
  const answer = await ada.submit(gistId, { license: 'MIT' });
  expect(answer).toMatchObject({ status: 201, body: { gist_id: gistId, state: 'pending' } });
  const confirmed = await row(gistId);
  expect(confirmed).toMatchObject({
    license: 'MIT',
    attestation_version: '2026-11-22',
    revision: answer.body.revision,
    title: `Left ${made}`,
    files: [{ name: 'session.jsonl' }],
    submitted_at: new Date('2026-03-01T12:00:00Z'),
    previous_revision: null,
    presence: 'never',
  });
  expect(Number(confirmed.waiting_since)).toBeGreaterThan(Date.now() - 3_600_000);
  const { rows } = await world.database.query(
    "select from_state, to_state, kind from moderation_log where gist_id = $1 and move = 'attest'",
    [gistId],
  );
  expect(rows).toEqual([{ from_state: 'pending', to_state: 'pending', kind: null }]);
  expect(idsOf(await listed('/api/submissions?unattested=true'))).not.toContain(gistId);
  expect(idsOf(await listed('/api/moderation/queue?waiting=new', moderator))).toContain(gistId);
  const again = await ada.submit(gistId);
  expect(again).toMatchObject({ status: 409, body: { code: 'already_submitted' } });

  const { revision } = answer.body;
  expect(await moderator.decide(gistId, { decision: 'approve', revision })).toMatchObject({ status: 200 });
  const { rows: kinds } = await world.database.query(
    'select kind from moderation_log where gist_id = $1 and kind is not null',
    [gistId],
  );
  expect(kinds).toEqual([{ kind: 'added' }]);
});

test('confirming many times at once is one confirmation', async () => {
  const gistId = await left();
  const answers = await Promise.all(Array.from({ length: 5 }, () => ada.submit(gistId)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
  const { rowCount } = await world.database.query(
    "select from moderation_log where gist_id = $1 and move = 'attest'",
    [gistId],
  );
  expect(rowCount).toBe(1);
});

test('confirming asks for a licence, the statement, a gist without secrets, and its owner', async () => {
  const gistId = await left();
  const before = await row(gistId);
  expect((await ada.submit(gistId, { license: '' })).body.code).toBe('license_required');
  expect((await ada.submit(gistId, { attested: false })).body.code).toBe('attestation_required');
  const grace = await world.signIn('visitor');
  expect((await grace.submit(gistId)).body.code).toBe('not_owner');
  world.writeGist('ada', `left-${made}`, { 'session.jsonl': `token ghp_${'A1b2C3d4E5f6'.repeat(3)}\n` });
  expect((await ada.submit(gistId)).body.code).toBe('secrets_found');
  expect(await row(gistId)).toEqual(before);
});

test('its owner withdraws it unconfirmed, and may submit it later', async () => {
  const gistId = await left('pending');
  expect(await ada.post(`/api/submissions/${gistId}/withdraw`)).toMatchObject({
    body: { state: 'withdrawn' },
  });
  expect(await ada.submit(gistId)).toMatchObject({ status: 201 });
  expect(await row(gistId)).toMatchObject({ state: 'pending', license: 'CC0-1.0' });
});

test('what was rejected there is submitted again, at whatever revision; it is not answered', async () => {
  const gistId = await left('rejected');
  const { body } = await ada.post('/api/submissions/preview', { gist_url: gistId });
  await world.database.query('update submission set revision = $2 where gist_id = $1', [
    gistId,
    body.revision,
  ]);
  const appeal = await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'But' });
  expect(appeal).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
  expect(appeal.body.detail).toContain('submit it again');
  const [mine] = (await listed('/api/submissions')).filter((item) => item.gist_id === gistId);
  expect(mine).toMatchObject({ allowed: ['withdraw', 'resubmit'], reason: 'other' });
  expect(await ada.submit(gistId)).toMatchObject({ status: 201 });
});

test('what was removed there stays removed until a moderator reopens it; then its owner confirms it', async () => {
  const gistId = await left('removed');
  expect((await ada.submit(gistId)).body.code).toBe('removed_earlier');
  const { revision } = await row(gistId);
  expect(await moderator.decide(gistId, { decision: 'reopen', revision })).toMatchObject({ status: 200 });
  const waiting = await listed('/api/moderation/queue?waiting=unattested', moderator);
  expect(idsOf(waiting)).toContain(gistId);
  expect(await ada.submit(gistId)).toMatchObject({ status: 201 });
});

test('a report of it puts it before the moderators, and clearing leaves it unconfirmed', async () => {
  const gistId = await left();
  const visitor = await world.signIn('visitor');
  const report = await visitor.post(`/api/submissions/${gistId}/report`, { reason: 'secret', text: 'A key' });
  expect(report.body).toMatchObject({ quarantined: true });
  expect(idsOf(await listed('/api/moderation/queue', moderator))).toContain(gistId);
  const { revision } = await row(gistId);
  expect(await moderator.decide(gistId, { decision: 'clear', revision })).toMatchObject({ status: 200 });
  expect(await row(gistId)).toMatchObject({ state: 'pending', license: null });
});

test('no recheck and no reinspection reads it, and it keeps nobody waiting', async () => {
  await world.database.query(
    "update submission set state = 'withdrawn' where state in ('pending', 'approved') and presence = 'never'",
  );
  await left();
  const shard = { index: 1, of: 1 };
  const rules = { scannerVersion: 'another', formatsVersion: 'another' };
  const { database } = world;
  const inQueue = await listed('/api/moderation/queue', moderator);
  expect(inQueue).toEqual([]);
  const others = await database.query("select from submission where state in ('approved', 'changed')");
  expect(await countDueRechecks(database, new Date('2100-01-01'), shard)).toBe(others.rowCount);
  expect((await readOwnersLost(database, new Date(0))).owners).toBe(1);
  expect(await countDueInspections(database, rules)).toBe(others.rowCount);
  const { body } = await moderator.get('/api/moderation/statistics');
  expect(body.oldest_waiting).toBe(null);
});

test('no statement can list it', async () => {
  const gistId = await left();
  await expect(
    world.database.query(
      `update submission set state = 'approved', approved_revision = revision, approved_at = now(), presence = 'listed'
        where gist_id = $1`,
      [gistId],
    ),
  ).rejects.toThrow('listed_means_attested');
});
