import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realServer } from '#sql/testing.ts';
import { startWithTwoModerators } from '../testing/two-moderators.ts';
import type { Visitor, World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let moderator: Visitor;
let second: Visitor;
beforeAll(async () => {
  ({ world, ada, moderator, second } = await startWithTwoModerators());
});
afterAll(() => world.close());

const why = { reason: 'personal_data', note: 'A reader found an address.' };

async function removed() {
  const made = await world.submitNew(ada);
  for (const decision of [{ decision: 'approve' }, { decision: 'remove', ...why }]) {
    const decided = await moderator.decide(made.gistId, { ...decision, revision: made.revision });
    expect(decided).toMatchObject({ status: 200 });
  }
  return made;
}

async function queued(): Promise<unknown[]> {
  const { body } = await second.get('/api/moderation/queue?waiting=appealed');
  return (body.items as { gist_id: string }[]).map((item) => item.gist_id);
}

async function mine(gistId: string): Promise<Record<string, unknown> | undefined> {
  const { body } = await ada.get('/api/submissions');
  return (body.items as Record<string, unknown>[]).find((item) => item.gist_id === gistId);
}

const answer = (gistId: string) =>
  ada.post(`/api/submissions/${gistId}/appeal`, { text: 'It is the address of a museum.' });

test('the owner answers a removal; another moderator reads it and reopens', async () => {
  const { gistId, revision } = await removed();
  expect((await mine(gistId))?.allowed).toEqual(['object']);
  expect(await queued()).not.toContain(gistId);
  expect(await answer(gistId)).toMatchObject({ status: 200, body: { state: 'removed' } });
  expect((await mine(gistId))?.allowed).toEqual([]);
  expect(await queued()).toContain(gistId);

  expect((await second.get(`/api/moderation/${gistId}`)).body).toMatchObject({
    waiting: 'appealed',
    appeal: 'It is the address of a museum.',
    appeal_of: { by: 'moderator', ...why },
    allowed: ['remove', 'reopen'],
  });
  expect((await moderator.get(`/api/moderation/${gistId}`)).body).toMatchObject({
    allowed: [],
    decided_by_you: true,
  });
  const own = await moderator.decide(gistId, { decision: 'reopen', revision });
  expect(own).toMatchObject({ status: 403, body: { code: 'own_decision' } });
  expect(await second.decide(gistId, { decision: 'reopen', revision })).toMatchObject({
    status: 200,
    body: { state: 'pending' },
  });
  expect(await queued()).not.toContain(gistId);
});

test('another moderator leaves it removed, and the answer was the only one', async () => {
  const { gistId, revision } = await removed();
  await answer(gistId);
  const stays = await second.decide(gistId, { decision: 'remove', revision, reason: 'personal_data' });
  expect(stays).toMatchObject({ status: 200, body: { state: 'removed' } });
  expect(await queued()).not.toContain(gistId);
  expect((await mine(gistId))?.allowed).toEqual([]);
  expect(await answer(gistId)).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
  // The dataset was told once.
  const { rows } = await world.database.query(
    'select kind from moderation_log where gist_id = $1 and kind is not null order by seq',
    [gistId],
  );
  expect(rows).toEqual([{ kind: 'added' }, { kind: 'removed' }]);
});

test('without an answer a removed row is not removed again', async () => {
  const { gistId, revision } = await removed();
  const again = await second.decide(gistId, { decision: 'remove', revision, reason: 'spam' });
  expect(again).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
});

test('a removal after a reopening can be answered anew', async () => {
  const { gistId, revision } = await removed();
  await answer(gistId);
  await second.decide(gistId, { decision: 'reopen', revision });
  await second.decide(gistId, { decision: 'remove', revision, reason: 'other' });
  expect(await answer(gistId)).toMatchObject({ status: 200 });
  expect(await queued()).toContain(gistId);
});

test('nobody else answers a removal', async () => {
  const { gistId } = await removed();
  const other = await second.post(`/api/submissions/${gistId}/appeal`, { text: 'Let it in.' });
  expect(other).toMatchObject({ status: 403, body: { code: 'not_owner' } });
});

test('an account with an answer that waits can be erased, and nothing of it waits any more', async () => {
  const { gistId } = await removed();
  await answer(gistId);
  await ada.post('/api/account/erase', { login: 'ada' });
  expect(await queued()).not.toContain(gistId);
  expect(await world.everythingStored()).not.toContain('museum');
});

test.skipIf(!realServer)(
  'an answer waits for an erasure of its account, and neither breaks off',
  async () => {
    // They erased their account above.
    ada = await world.signIn('ada');
    const { gistId } = await removed();
    const { answered } = await world.database.transaction(async (tx) => {
      // As an erasure begins and goes on.
      await tx.query("select from account where login = 'ada' for update");
      const answered = answer(gistId);
      for (let waits = 0; waits === 0; await wait(10)) {
        const blocked =
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        waits = (await tx.query(blocked)).rowCount;
      }
      await tx.query('update submission set title = title where gist_id = $1', [gistId]);
      return { answered };
    });
    expect(await answered).toMatchObject({ status: 200, body: { state: 'removed' } });
  },
);
