import { afterAll, expect, test } from 'vitest';
import { startWithTwoModerators } from '../testing/two-moderators.ts';

const { world, ada, moderator, second } = await startWithTwoModerators();
afterAll(() => world.close());

const submitted = () => world.submitNew(ada);

async function state(gistId: string): Promise<unknown> {
  const { rows } = await world.database.query('select state from submission where gist_id = $1', [gistId]);
  return rows[0]?.state;
}

test('nobody decides their own gist while another moderator could', async () => {
  const gistId = world.writeGist('moderator', 'own', { 'session.jsonl': '{}\n' });
  const { body } = await moderator.submit(gistId);
  const decision = { decision: 'approve', revision: body.revision };
  const own = await moderator.decide(gistId, decision);
  expect(own).toMatchObject({ status: 403, body: { code: 'own_submission' } });
  expect(await state(gistId)).toBe('pending');
  expect((await second.decide(gistId, decision)).status).toBe(200);
});

test('contributors and visitors decide nothing and see no queue', async () => {
  const { gistId, revision } = await submitted();
  const asked = await ada.decide(gistId, { decision: 'approve', revision });
  expect(asked).toMatchObject({ status: 403, body: { code: 'not_moderator' } });
  expect(await state(gistId)).toBe('pending');
  expect((await ada.get('/api/moderation/queue')).body.code).toBe('not_moderator');
  expect((await world.ask('/api/moderation/queue')).status).toBe(401);
});

test('a gist that was never submitted cannot be decided', async () => {
  const decision = { decision: 'approve', revision: '0'.repeat(40) };
  const answer = await moderator.decide('0'.repeat(32), decision);
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('moderators are those configured now, whatever they were when they signed in', async () => {
  const { gistId, revision } = await submitted();
  const { moderatorIds } = world.runtime;
  world.runtime.moderatorIds = new Set();
  const asked = await moderator.decide(gistId, { decision: 'approve', revision });
  expect(asked).toMatchObject({ status: 403, body: { code: 'not_moderator' } });
  expect(await state(gistId)).toBe('pending');
  world.runtime.moderatorIds = moderatorIds;
});

test('the queue is oldest first, whole, and without doubles over its pages', async () => {
  for (let i = 0; i < 60; i++) await submitted();
  const seen: { gist_id: string; submitted_at: string }[] = [];
  for (let path = '/api/moderation/queue'; ; ) {
    const { body } = await moderator.get(path);
    seen.push(...(body.items as typeof seen));
    if (body.next === null) break;
    path = `/api/moderation/queue?after=${body.next}`;
  }
  const { rows } = await world.database.query<{ gist_id: string }>(
    "select gist_id from submission where state in ('pending', 'changed', 'quarantined') order by submitted_at, gist_id",
  );
  expect(rows.length).toBeGreaterThan(50);
  expect(seen.map((item) => item.gist_id)).toEqual(rows.map((item) => item.gist_id));
});
