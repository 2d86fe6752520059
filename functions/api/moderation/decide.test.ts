import { afterAll, afterEach, expect, test } from 'vitest';
import { gistMetadata } from '#domain/gist-metadata.ts';
import { planMove } from '#domain/move.ts';
import { ok, refuse } from '#domain/result.ts';
import { readGist } from '#github/gists.ts';
import { moveSubmission } from '#sql/queries/moves.ts';
import { startWithTwoModerators } from '../testing/two-moderators.ts';
import type { Answer } from '../testing/world.ts';

const { world, ada, moderator, second } = await startWithTwoModerators();
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

const submitted = () => world.submitNew(ada);

async function row(gistId: string): Promise<Record<string, unknown>> {
  const { rows } = await world.database.query('select * from submission where gist_id = $1', [gistId]);
  return rows[0] ?? {};
}

async function kinds(gistId: string): Promise<unknown[]> {
  const { rows } = await world.database.query(
    'select kind from moderation_log where gist_id = $1 and kind is not null order by seq',
    [gistId],
  );
  return rows.map(({ kind }) => kind);
}

async function expectRefused(gistId: string, asked: Promise<Answer>, status: number, code: string) {
  const answer = await asked;
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  return row(gistId);
}

test('an approval lists the revision that was read', async () => {
  const { gistId, revision } = await submitted();
  const answer = await moderator.decide(gistId, { decision: 'approve', revision });
  expect(answer).toMatchObject({ status: 200, body: { gist_id: gistId, state: 'approved', revision } });
  expect(await row(gistId)).toMatchObject({ presence: 'listed', approved_revision: revision });
  expect(await kinds(gistId)).toEqual(['added']);
});

test('of many decisions at once one is taken, and one log row written', async () => {
  const { gistId, revision } = await submitted();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      (i % 2 ? moderator : second).decide(
        gistId,
        i % 3 ? { decision: 'approve', revision } : { decision: 'reject', revision, reason: 'spam' },
      ),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.code === 'invalid_state')).toHaveLength(19);
  const { rows } = await world.database.query('select move from moderation_log where gist_id = $1', [gistId]);
  expect(rows).toHaveLength(2);
});

test('a gist edited since it was submitted is not approved: the row takes the new revision', async () => {
  const { gistId, revision, name } = await submitted();
  world.writeGist('ada', name, { 'session.jsonl': '{"edited":true}\n' });
  const stale = await expectRefused(
    gistId,
    moderator.decide(gistId, { decision: 'approve', revision }),
    409,
    'revision_changed',
  );
  expect(stale).toMatchObject({ state: 'pending', presence: 'never' });
  expect(stale.revision).not.toBe(revision);

  const again = await moderator.decide(gistId, { decision: 'approve', revision: stale.revision });
  expect(again.body.state).toBe('approved');
});

test('a gist edited into one that could not come in is still a new revision to read first', async () => {
  const { gistId, revision, name } = await submitted();
  world.writeGist('ada', name, { 'session.jsonl': '' });
  const asked = moderator.decide(gistId, { decision: 'approve', revision });
  const after = await expectRefused(gistId, asked, 409, 'revision_changed');
  expect(after.revision).not.toBe(revision);
  const again = moderator.decide(gistId, { decision: 'approve', revision: after.revision });
  await expectRefused(gistId, again, 422, 'gist_empty');
});

/** An approved row whose gist was edited since, as a recheck would leave it. */
async function changed(): Promise<{ gistId: string; revision: string }> {
  const { gistId, revision, name } = await submitted();
  await moderator.decide(gistId, { decision: 'approve', revision });
  world.writeGist('ada', name, { 'session.jsonl': '{"edited":true}\n' });
  const reading = await readGist(world.runtime.github, gistId);
  if (reading.kind !== 'gist') throw new Error(reading.kind);
  const fresh = gistMetadata(reading.gist, 'ada', new Date());
  await moveSubmission(world.database, gistId, (standing) => {
    const planned = standing ? planMove('edit', standing, fresh) : refuse('not_found');
    return planned.ok ? ok({ planned: planned.value, accountId: null, reason: null, note: null }) : planned;
  });
  return { gistId, revision: fresh.revision };
}

test('an edited row is suspended until its new revision was read', async () => {
  const { gistId, revision } = await changed();
  expect(await row(gistId)).toMatchObject({ state: 'changed', presence: 'suspended' });
  await moderator.decide(gistId, { decision: 'approve', revision });
  expect(await row(gistId)).toMatchObject({ presence: 'listed', approved_revision: revision });
  expect(await kinds(gistId)).toEqual(['added', 'suspended', 'restored']);
});

test('an edited row that is rejected departs as removed', async () => {
  const { gistId, revision } = await changed();
  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'licence' });
  expect(await row(gistId)).toMatchObject({ state: 'rejected', presence: 'departed' });
  expect(await kinds(gistId)).toEqual(['added', 'suspended', 'removed']);
});

test('an edited row that its owner withdraws departs as withdrawn', async () => {
  const { gistId } = await changed();
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  expect(await kinds(gistId)).toEqual(['added', 'suspended', 'withdrawn']);
});

test('of a withdrawal and an approval at once, both are heard and the owner has the last word', async () => {
  const { gistId, revision } = await submitted();
  const [decided, withdrawn] = await Promise.all([
    moderator.decide(gistId, { decision: 'approve', revision }),
    ada.post(`/api/submissions/${gistId}/withdraw`),
  ]);
  expect(withdrawn.status).toBe(200);
  expect([200, 409]).toContain(decided.status);
  expect(await row(gistId)).toMatchObject({ state: 'withdrawn' });
});

test('a decision about a revision other than the row’s is refused', async () => {
  const { gistId } = await submitted();
  const decision = { decision: 'reject', reason: 'spam', revision: '0'.repeat(40) };
  const after = await expectRefused(gistId, moderator.decide(gistId, decision), 409, 'revision_changed');
  expect(after.state).toBe('pending');
});

test.each([
  ['down', 'github_unavailable'],
  ['nonsense', 'github_unavailable'],
  ['rate_limit', 'github_rate_limited'],
])('while GitHub answers with %s nothing is approved: %s', async (fault, code) => {
  const { gistId, revision } = await submitted();
  world.standin.setFaults([`${fault}:gists`]);
  const asked = moderator.decide(gistId, { decision: 'approve', revision });
  expect(await expectRefused(gistId, asked, 503, code)).toMatchObject({
    state: 'pending',
    presence: 'never',
  });
});

test('a rejection needs nothing of GitHub', async () => {
  const { gistId, revision } = await submitted();
  world.standin.setFaults(['down']);
  const answer = await moderator.decide(gistId, { decision: 'reject', revision, reason: 'low_quality' });
  expect(answer.body.state).toBe('rejected');
});

test.each([
  ['made secret', { '.gist.json': '{"public":false}' }, 422, 'gist_secret'],
  ['blocked', { '.gist.json': '{"blocked":"tos"}' }, 404, 'gist_not_found'],
  ['without an owner', { '.gist.json': '{"owner_null":true}' }, 403, 'not_owner'],
])('a gist %s meanwhile is not approved', async (_, files, status, code) => {
  const { gistId, revision, name } = await submitted();
  world.writeGist('ada', name, files);
  const asked = moderator.decide(gistId, { decision: 'approve', revision });
  expect(await expectRefused(gistId, asked, status, code)).toMatchObject({ state: 'pending' });
});

test('the reason and the note of a rejection reach the contributor', async () => {
  const { gistId, revision } = await submitted();
  await moderator.decide(gistId, {
    decision: 'reject',
    revision,
    reason: 'other',
    note: 'Only a title in it.',
  });
  const { body } = await ada.get('/api/submissions');
  expect(body.items).toContainEqual(
    expect.objectContaining({
      gist_id: gistId,
      state: 'rejected',
      reason: 'other',
      note: 'Only a title in it.',
      allowed: ['withdraw', 'resubmit', 'appeal'],
    }),
  );
});

test.each([
  [{ decision: 'reject' }],
  [{ decision: 'remove', reason: '' }],
  [{ decision: 'reject', reason: 'because' }],
  [{ decision: 'promote' }],
  [{ decision: 'approve', revision: 'main' }],
  [{ decision: 'reject', reason: 'spam', note: 'x'.repeat(1001) }],
])('%o is a bad request', async (decision) => {
  const { gistId, revision } = await submitted();
  const asked = moderator.decide(gistId, { revision, ...decision });
  expect(await expectRefused(gistId, asked, 400, 'bad_request')).toMatchObject({ state: 'pending' });
});

test('a removed gist stays out until a moderator reopens it', async () => {
  const { gistId, revision } = await submitted();
  await moderator.decide(gistId, { decision: 'approve', revision });
  await moderator.decide(gistId, { decision: 'remove', revision, reason: 'secret' });
  await expectRefused(gistId, ada.submit(gistId), 409, 'removed_earlier');
  await expectRefused(gistId, ada.post(`/api/submissions/${gistId}/withdraw`), 409, 'invalid_state');
  await moderator.decide(gistId, { decision: 'reopen', revision });
  const answer = await moderator.decide(gistId, { decision: 'approve', revision });
  expect(answer.body.state).toBe('approved');
  expect(await kinds(gistId)).toEqual(['added', 'removed', 'restored']);
});

test('a gist that was missed once is listed when it is approved, which reads it', async () => {
  const { gistId, revision } = await submitted();
  await moderator.decide(gistId, { decision: 'approve', revision });
  await moveSubmission(world.database, gistId, (standing) => {
    const lost = { availability: 'missing', lostAt: new Date() } as const;
    const planned = standing ? planMove('lose', standing, lost) : refuse('not_found');
    return planned.ok ? ok({ planned: planned.value, accountId: null, reason: null, note: null }) : planned;
  });
  await moderator.decide(gistId, { decision: 'remove', revision, reason: 'other' });
  await moderator.decide(gistId, { decision: 'reopen', revision });
  await moderator.decide(gistId, { decision: 'approve', revision });
  expect(await row(gistId)).toMatchObject({ state: 'approved', presence: 'listed' });
  expect(await kinds(gistId)).toEqual(['added', 'suspended', 'removed', 'restored']);
});

test.each([
  ['approve', 'approved'],
  ['reopen', 'approved'],
  ['clear', 'approved'],
  ['reject', 'approved'],
])('%s is no move for a row that is %s', async (decision, state) => {
  const { gistId, revision } = await submitted();
  await moderator.decide(gistId, { decision: 'approve', revision });
  const asked = moderator.decide(gistId, { decision, revision, reason: 'spam' });
  const after = await expectRefused(gistId, asked, 409, 'invalid_state');
  expect(after.state).toBe(state);
});

test('the database itself refuses to change the log', async () => {
  const { database } = world;
  await expect(database.query("update moderation_log set reason = 'spam'")).rejects.toThrow('append-only');
  await expect(database.query('delete from moderation_log')).rejects.toThrow('append-only');
  await expect(database.query('truncate moderation_log cascade')).rejects.toThrow('append-only');
});
