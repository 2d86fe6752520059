import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let moderator: Visitor;
let reader: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  world.writeGist('grace', 'first', { 'session.jsonl': '{}\n' });
  [ada, moderator, reader] = await Promise.all([
    world.signIn('ada'),
    world.signIn('moderator'),
    world.signIn('visitor'),
  ]);
});
afterAll(() => world.close());

async function approved() {
  const made = await world.submitNew(ada);
  await moderator.decide(made.gistId, { decision: 'approve', revision: made.revision });
  return made;
}

async function standing(gistId: string): Promise<unknown> {
  const { rows } = await world.database.query('select state, presence from submission where gist_id = $1', [
    gistId,
  ]);
  return rows[0];
}

async function queued(): Promise<unknown[]> {
  const { body } = await moderator.get('/api/moderation/queue');
  return (body.items as { gist_id: string }[]).map((item) => item.gist_id);
}

const complaint = { reason: 'personal_data', text: 'A phone number in line 3.' };

/** Makes the log forget the quarantines of the last day, as the next day would. */
async function nextDay(): Promise<void> {
  await world.database.query('alter table moderation_log disable trigger user');
  await world.database.query(
    "update moderation_log set at = at - interval '25 hours' where move = 'quarantine'",
  );
  await world.database.query('alter table moderation_log enable trigger user');
}

test('a report takes a row out at once and brings it before the moderators; clearing puts it back', async () => {
  const { gistId, revision } = await approved();
  const answer = await reader.post(`/api/submissions/${gistId}/report`, complaint);
  expect(answer).toMatchObject({ status: 200, body: { quarantined: true } });
  expect(await standing(gistId)).toEqual({ state: 'quarantined', presence: 'suspended' });
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body).toMatchObject({ reports: [complaint], allowed: ['remove', 'clear'] });

  await moderator.decide(gistId, { decision: 'clear', revision });
  expect(await standing(gistId)).toEqual({ state: 'approved', presence: 'listed' });
  expect(await queued()).not.toContain(gistId);
  await nextDay();
});

test('a row in quarantine can be removed, and then departs for good', async () => {
  const { gistId, revision } = await approved();
  await reader.post(`/api/submissions/${gistId}/report`, complaint);
  await moderator.decide(gistId, { decision: 'remove', revision, reason: 'personal_data' });
  expect(await standing(gistId)).toEqual({ state: 'removed', presence: 'departed' });
  expect(await queued()).not.toContain(gistId);
  await nextDay();
});

test('in a small index one row a day goes into quarantine; the next report is a case in the queue', async () => {
  const [first, second] = [await approved(), await approved()];
  await reader.post(`/api/submissions/${first.gistId}/report`, complaint);
  const grace = await world.signIn('grace');
  const answer = await grace.post(`/api/submissions/${second.gistId}/report`, complaint);
  expect(answer).toMatchObject({ status: 200, body: { quarantined: false } });
  expect(await standing(second.gistId)).toEqual({ state: 'approved', presence: 'listed' });
  expect(await queued()).toContain(second.gistId);

  const kept = await moderator.decide(second.gistId, { decision: 'clear', revision: second.revision });
  expect(kept).toMatchObject({ status: 200, body: { state: 'approved' } });
  expect(await queued()).not.toContain(second.gistId);
  const again = await moderator.decide(second.gistId, { decision: 'clear', revision: second.revision });
  expect(again.body.code).toBe('invalid_state');
  await nextDay();
});

test('a second report by the same account opens a case and no second quarantine', async () => {
  const { gistId, revision } = await approved();
  await reader.post(`/api/submissions/${gistId}/report`, complaint);
  await moderator.decide(gistId, { decision: 'clear', revision });
  await nextDay();
  const answer = await reader.post(`/api/submissions/${gistId}/report`, {
    reason: 'secret',
    text: 'Look again.',
  });
  expect(answer.body.quarantined).toBe(false);
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body.reports).toMatchObject([{ reason: 'secret', text: 'Look again.' }]);
  expect(await queued()).toContain(gistId);
});

test('owners do not quarantine their own rows', async () => {
  const { gistId } = await approved();
  const answer = await ada.post(`/api/submissions/${gistId}/report`, complaint);
  expect(answer.body.quarantined).toBe(false);
  expect(await standing(gistId)).toEqual({ state: 'approved', presence: 'listed' });
});

test('an account quarantines three rows a day, however many it reports at once', async () => {
  await nextDay();
  for (let i = 0; i < 500; i++) await seedListed(i);
  const rows = [];
  for (let i = 0; i < 5; i++) rows.push(await approved());
  const outcomes = await Promise.all(
    rows.map(({ gistId }) => reader.post(`/api/submissions/${gistId}/report`, complaint)),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(outcomes.filter(({ body }) => body.quarantined === true)).toHaveLength(3);
  expect(await queued()).toEqual(expect.arrayContaining(rows.map(({ gistId }) => gistId)));
});

test.each([
  [{ reason: 'because', text: '' }, 400, 'bad_request'],
  [{ text: 'no reason' }, 400, 'bad_request'],
])('%o is refused', async (body, status, code) => {
  const { gistId } = await approved();
  const answer = await reader.post(`/api/submissions/${gistId}/report`, body);
  expect(answer).toMatchObject({ status, body: { code } });
});

test('a gist that is not in the index cannot be reported', async () => {
  const answer = await reader.post(`/api/submissions/${'0'.repeat(32)}/report`, complaint);
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

/** A listed row, so that one percent of the index is more than one. */
async function seedListed(i: number): Promise<void> {
  await world.database.query(
    `insert into submission (gist_id, record_id, account_id, owner_id, owner_login, gist_url, node_id, title, files,
       total_bytes, revision, approved_revision, gist_updated_at, license, attestation_version, state, presence,
       last_seq, submitted_at, approved_at, verified_at)
     select $1, $1, id, github_id, login, 'https://gist.github.com/x', 'x', 'x', '[]', 1, $2, $2, now(), 'MIT', 'x',
            'approved', 'listed', 0, now(), now(), now() from account limit 1`,
    [`seed-${i}`, '1'.repeat(40)],
  );
}
