import { afterAll, beforeEach, expect, test } from 'vitest';
import { startWithTwoModerators } from '../testing/two-moderators.ts';
import type { Answer } from '../testing/world.ts';

const { world, ada, moderator, second } = await startWithTwoModerators();
const allModerators = world.runtime.moderatorIds;
afterAll(() => world.close());
beforeEach(() => {
  world.runtime.moderatorIds = allModerators;
});

const shown = async (gistId: string, who = moderator) => (await who.get(`/api/moderation/${gistId}`)).body;

async function log(gistId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await world.database.query(
    `select move, to_state, reason, account_id from moderation_log where gist_id = $1 order by seq`,
    [gistId],
  );
  return rows;
}

test('fifty decisions at once on ten rows are ten decisions, and forty are told who decided what', async () => {
  const rows: { gistId: string; revision: string }[] = [];
  for (let i = 0; i < 10; i++) rows.push(await world.submitNew(ada));
  const asked = rows.flatMap(({ gistId, revision }, i) =>
    Array.from({ length: 5 }, async (_, j) => {
      const by = (i + j) % 2 ? moderator : second;
      const decision =
        j % 2 ? { decision: 'approve', revision } : { decision: 'reject', revision, reason: 'spam' };
      return { gistId, by: by.login, decision: decision.decision, answer: await by.decide(gistId, decision) };
    }),
  );
  const answered = await Promise.all(asked);
  const taken = answered.filter(({ answer }) => answer.status === 200);
  expect(taken.map(({ gistId }) => gistId).sort()).toEqual(rows.map(({ gistId }) => gistId).sort());

  const refused = answered.filter(({ answer }) => answer.status !== 200);
  expect(refused).toHaveLength(40);
  for (const { gistId, answer } of refused) {
    const winner = taken.find((each) => each.gistId === gistId);
    expect(answer).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
    expect(answer.body.decided).toMatchObject({ by: winner?.by, decision: winner?.decision });
    const words = winner?.decision === 'approve' ? 'approved' : 'rejected';
    expect(answer.body.detail).toContain(`${winner?.by} ${words} it on `);
  }
  for (const { gistId } of rows) {
    const lines = await log(gistId);
    expect(lines).toHaveLength(2);
    const { state, history } = (await shown(gistId)) as { state: string; history: { to_state: string }[] };
    expect(lines.at(-1)?.to_state).toBe(state);
    expect(history.at(-1)?.to_state).toBe(state);
  }
});

test('who comes second is told by whom, when and why it was decided; the owner is not', async () => {
  const { gistId, revision } = await world.submitNew(ada);
  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'low_quality', note: 'Short.' });
  const late = await second.decide(gistId, { decision: 'approve', revision });
  expect(late).toMatchObject({
    status: 409,
    body: {
      code: 'invalid_state',
      decided: { by: 'moderator', decision: 'reject', reason: 'low_quality', at: expect.any(String) },
      detail: expect.stringMatching(
        /^moderator rejected it on .* UTC: Too little to learn from\. This submission is rejected/,
      ),
    },
  });
  const { body } = await ada.get('/api/submissions');
  expect(JSON.stringify(body)).not.toContain('moderator');
  const withdrawn = await ada.post(`/api/submissions/${gistId}/withdraw`);
  expect(withdrawn.status).toBe(200);
  const again = await ada.post(`/api/submissions/${gistId}/withdraw`);
  expect(again).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
  expect(JSON.stringify(again.body)).not.toContain('moderator');
});

test('who read it before another one decided is told so, even where the table of moves would let them go on', async () => {
  const { gistId, revision } = await world.submitNew(ada);
  await moderator.decide(gistId, { decision: 'approve', revision, state: 'pending' });
  const remove = { decision: 'remove', revision, reason: 'spam' };
  const late = await second.decide(gistId, { ...remove, state: 'pending' });
  expect(late).toMatchObject({
    status: 409,
    body: {
      code: 'invalid_state',
      decided: { by: 'moderator', decision: 'approve' },
      detail: expect.stringMatching(/^moderator approved it on .* because it was pending when you read it\./),
    },
  });
  expect(await log(gistId)).toHaveLength(2);
  expect((await second.decide(gistId, { ...remove, state: 'approved' })).status).toBe(200);
  expect((await second.decide(gistId, { ...remove, state: 'nowhere' })).status).toBe(400);
});

test('where the owner withdrew, no moderator is named', async () => {
  const { gistId, revision } = await world.submitNew(ada);
  await ada.post(`/api/submissions/${gistId}/withdraw`);
  const { body } = await moderator.decide(gistId, { decision: 'approve', revision });
  expect(body).toMatchObject({ code: 'invalid_state', from: 'withdrawn' });
  expect(body.decided).toBeUndefined();
});

test('an approval of a revision that is gone is told which files changed, and so is whoever comes later', async () => {
  const gistId = world.writeGist('ada', 'files', { 'a.md': 'a\n', 'b.md': 'b\n', 'c.md': 'c\n' });
  const { body } = await ada.submit(gistId);
  const revision = String(body.revision);
  world.writeGist('ada', 'files', { 'b.md': 'other\n', 'd.md': 'd\n' });
  const told = {
    status: 409,
    body: {
      code: 'revision_changed',
      revision: expect.not.stringContaining(revision),
      changed: [
        { name: 'b.md', change: 'edited' },
        { name: 'd.md', change: 'added' },
      ],
      detail: expect.stringContaining(': b.md was edited, d.md was added. Read the new revision'),
    },
  };
  expect(await moderator.decide(gistId, { decision: 'approve', revision })).toMatchObject(told);
  expect(await second.decide(gistId, { decision: 'reject', revision, reason: 'spam' })).toMatchObject(told);
  const stranger = await second.decide(gistId, { decision: 'approve', revision: '0'.repeat(40) });
  expect(stranger.body.code).toBe('revision_changed');
  expect(stranger.body.changed).toBeUndefined();
});

test('the files of the approved revision are kept beside those that took their place', async () => {
  const { gistId, revision, name } = await world.submitNew(ada);
  await moderator.decide(gistId, { decision: 'approve', revision });
  const approved = await shown(gistId);
  expect(approved.approved_files).toBeNull();
  world.writeGist('ada', name, { 'session.jsonl': '{"edited":true}\n' });
  // A later look finds a secret: the row waits, and approving it notices the edit.
  await world.database.query(
    "update submission set state = 'changed', presence = 'suspended' where gist_id = $1",
    [gistId],
  );
  await moderator.decide(gistId, { decision: 'approve', revision });
  const changed = await shown(gistId);
  expect(changed.revision).not.toBe(revision);
  expect(changed.approved_files).toEqual(approved.files);
  await moderator.decide(gistId, { decision: 'approve', revision: changed.revision });
  expect((await shown(gistId)).approved_files).toBeNull();
});

async function answered(by = moderator): Promise<{ gistId: string; revision: string }> {
  const { gistId, revision } = await world.submitNew(ada);
  const rejection = { decision: 'reject', revision, reason: 'not_a_session', note: 'I see none.' };
  expect((await by.decide(gistId, rejection)).status).toBe(200);
  const appeal = await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'Look at line 3.' });
  expect(appeal.status).toBe(200);
  return { gistId, revision };
}

test.each([
  ['approve', undefined],
  ['reject', 'spam'],
  ['remove', 'spam'],
])('the answer to a rejection is not for who rejected it: %s', async (decision, reason) => {
  const { gistId, revision } = await answered();
  const own = await moderator.decide(gistId, { decision, revision, reason });
  expect(own).toMatchObject({ status: 403, body: { code: 'own_decision' } });
  expect(await shown(gistId)).toMatchObject({ state: 'pending', allowed: [], decided_by_you: true });
  expect(await shown(gistId, second)).toMatchObject({
    waiting: 'appealed',
    allowed: ['approve', 'reject', 'remove'],
    decided_by_you: false,
    appeal: 'Look at line 3.',
    appeal_of: {
      by: 'moderator',
      at: expect.any(String),
      reason: 'not_a_session',
      note: 'I see none.',
    },
  });
  expect((await second.decide(gistId, { decision, revision, reason })).status).toBe(200);
});

test('who rejected it decides about the answer where no other moderator is left but the owner', async () => {
  const { gistId, revision } = await answered();
  const { rows } = await world.database.query<{ owner_id: string }>(
    'select owner_id from submission where gist_id = $1',
    [gistId],
  );
  const { body } = await moderator.get('/api/me');
  world.runtime.moderatorIds = new Set([String(body.id), rows[0]?.owner_id ?? '']);
  expect(await shown(gistId)).toMatchObject({ decided_by_you: false });
  expect((await moderator.decide(gistId, { decision: 'approve', revision })).status).toBe(200);
});

test('a quarantine does not hand the answer back to who rejected it', async () => {
  const { gistId, revision } = await answered();
  await world.database.query(
    "update submission set state = 'quarantined', quarantined_from = 'pending', quarantined_at = now() where gist_id = $1",
    [gistId],
  );
  const removal = { decision: 'remove', revision, reason: 'spam' };
  expect((await moderator.decide(gistId, removal)).body.code).toBe('own_decision');
  expect((await second.decide(gistId, removal)).status).toBe(200);
});

test('after an edit there is no answer any more, and who rejected the earlier revision decides', async () => {
  const { gistId, name } = { ...(await world.submitNew(ada)) };
  const first = String((await shown(gistId)).revision);
  await moderator.decide(gistId, { decision: 'reject', revision: first, reason: 'spam' });
  await ada.post(`/api/submissions/${gistId}/appeal`, { text: 'Edited.' });
  world.writeGist('ada', name, { 'session.jsonl': '{"edited":true}\n' });
  await second.decide(gistId, { decision: 'approve', revision: first });
  const standing = await shown(gistId);
  expect(standing).toMatchObject({ waiting: 'new', appeal: null, appeal_of: null, decided_by_you: false });
  const taken = await moderator.decide(gistId, { decision: 'approve', revision: standing.revision });
  expect(taken.status).toBe(200);
});

test('an answer is given once a revision, also when it is sent twice at once', async () => {
  const { gistId, revision } = await world.submitNew(ada);
  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'spam' });
  const answer = () => ada.post(`/api/submissions/${gistId}/appeal`, { text: 'It is none.' });
  const statuses = (await Promise.all([answer(), answer()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 409]);
  await second.decide(gistId, { decision: 'reject', revision, reason: 'spam' });
  expect(await answer()).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
  expect((await log(gistId)).map(({ move }) => move)).toEqual(['submit', 'reject', 'appeal', 'reject']);
});

test('the history names who moved, to moderators alone', async () => {
  const { gistId } = await answered();
  const { history } = (await shown(gistId)) as { history: object[] };
  expect(history).toMatchObject([
    { move: 'submit', by: 'ada' },
    { move: 'reject', by: 'moderator' },
    { move: 'appeal', by: 'ada' },
  ]);
  const { items } = (await ada.get('/api/submissions')).body as { items: { history: object[] }[] };
  for (const line of items.flatMap((item) => item.history)) expect(line).not.toHaveProperty('by');
});

test('who reported a row is told to nobody', async () => {
  const { gistId, revision } = await world.submitNew(ada);
  await moderator.decide(gistId, { decision: 'approve', revision });
  const reader = await world.signIn('visitor');
  const { body }: Answer = await reader.post(`/api/submissions/${gistId}/report`, { reason: 'secret' });
  expect(body.quarantined).toBe(true);
  const standing = await shown(gistId);
  expect(standing).toMatchObject({ state: 'quarantined', waiting: 'reported' });
  expect(JSON.stringify(standing)).not.toContain('visitor');
});
