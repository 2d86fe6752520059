import { afterAll, afterEach, expect, test } from 'vitest';
import { startWithTwoModerators } from '../testing/two-moderators.ts';
import { noticeLeft, type Visitor } from '../testing/world.ts';

const { world, ada, moderator, second } = await startWithTwoModerators();
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

const submitted = () => world.submitNew(ada);
const shown = async (gistId: string, who = moderator) => (await who.get(`/api/moderation/${gistId}`)).body;
const statistics = async () => (await moderator.get('/api/moderation/statistics')).body;

async function count(table: string): Promise<number> {
  const { rowCount } = await world.database.query(`select from ${table}`);
  return rowCount;
}

test('the statistics of an empty index are nothing, not a failure', async () => {
  expect(await moderator.get('/api/moderation/statistics')).toMatchObject({
    status: 200,
    body: {
      oldest_waiting: null,
      waiting: { new: 0, changed: 0, appealed: 0, reported: 0 },
      days: 30,
      decided: 0,
      median_hours: null,
      by_decision: { approve: 0, reject: 0, remove: 0 },
      by_reason: {},
    },
  });
});

test('who has a submission open is told to the other moderators, for a minute', async () => {
  const { gistId } = await submitted();
  const reading = (who: Visitor, body = {}) => who.post(`/api/moderation/${gistId}/reading`, body);
  expect(await reading(moderator)).toMatchObject({ status: 200, body: { readers: [] } });
  const seen = [{ login: 'moderator', since: expect.stringMatching(/Z$/) }];
  expect((await reading(second)).body.readers).toEqual(seen);
  expect((await shown(gistId, second)).readers).toEqual(seen);
  const since = (await shown(gistId, second)).readers;
  await reading(moderator);
  expect((await shown(gistId, second)).readers).toEqual(since);

  await reading(second, { done: true });
  expect((await reading(moderator)).body.readers).toEqual([]);
  await world.database.query("update reader set seen_at = now() - interval '61 seconds'");
  expect((await shown(gistId, second)).readers).toEqual([]);
  // Coming back is another visit.
  await reading(moderator);
  expect((await shown(gistId, second)).readers).not.toEqual(since);
});

test('readers leave one row a moderator and gist, and what is old goes with the next one', async () => {
  await world.database.query('delete from reader');
  const [one, two] = [await submitted(), await submitted()];
  const read = ({ gistId }: { gistId: string }) => moderator.post(`/api/moderation/${gistId}/reading`);
  await Promise.all([read(one), read(one), read(one)]);
  expect(await count('reader')).toBe(1);
  await read(two);
  expect(await count('reader')).toBe(2);
  await world.database.query("update reader set seen_at = now() - interval '61 seconds'");
  await read(two);
  expect(await count('reader')).toBe(1);
});

test.each([
  ['GET', '/api/moderation/queue'],
  ['GET', '/api/moderation/statistics'],
  ['GET', '/api/moderation/{gist}'],
  ['POST', '/api/moderation/{gist}'],
  ['POST', '/api/moderation/{gist}/reading'],
  ['POST', '/api/moderation/{gist}/escalate'],
  ['POST', '/api/moderation/bulk'],
])('%s %s is for moderators alone', async (method, path) => {
  const { gistId, revision } = await submitted();
  const address = path.replace('{gist}', gistId);
  const body = { revision, decision: 'approve', rows: [{ gist_id: gistId, revision }] };
  const asked = method === 'GET' ? await ada.get(address) : await ada.post(address, body);
  expect(asked).toMatchObject({ status: 403, body: { code: 'not_moderator' } });
  const init = { method, headers: { 'content-type': 'application/json' } };
  const nobody = await world.ask(address, method === 'GET' ? init : { ...init, body: JSON.stringify(body) });
  expect(nobody.status).toBe(401);
  expect(await shown(gistId)).toMatchObject({ state: 'pending', readers: [], escalated: null });
});

test('a gist that is not in the index cannot be read, escalated or approved', async () => {
  const nowhere = '0'.repeat(32);
  const revision = '0'.repeat(40);
  expect((await moderator.post(`/api/moderation/${nowhere}/reading`)).status).toBe(404);
  expect((await moderator.post(`/api/moderation/${nowhere}/escalate`, { revision })).status).toBe(404);
  const { body } = await moderator.post('/api/moderation/bulk', { rows: [{ gist_id: nowhere, revision }] });
  expect(body.results).toEqual([
    { gist_id: nowhere, ok: false, code: 'not_found', detail: expect.any(String) },
  ]);
});

test('another moderator is asked to look, until somebody decides', async () => {
  const { gistId, revision } = await submitted();
  const escalate = (who: Visitor, body: object) => who.post(`/api/moderation/${gistId}/escalate`, body);
  const first = await escalate(moderator, { revision, note: 'Is this line personal?' });
  const asked = { by: 'moderator', note: 'Is this line personal?', at: expect.stringMatching(/Z$/) };
  expect(first).toMatchObject({ status: 200, body: { gist_id: gistId, escalated: asked } });
  expect(await shown(gistId, second)).toMatchObject({
    escalated: asked,
    flags: expect.arrayContaining(['escalated']),
  });
  const { body } = await second.get('/api/moderation/queue?flag=escalated');
  expect(body.items).toMatchObject([{ gist_id: gistId }]);
  expect((await shown(gistId)).history).toHaveLength(1);

  await escalate(second, { revision });
  expect((await shown(gistId)).escalated).toMatchObject({ by: 'second', note: null });
  // There is no report to clear: refused, and nobody's question is taken away by it.
  const cleared = await moderator.decide(gistId, { decision: 'clear', revision });
  expect([cleared.body.code, (await shown(gistId)).escalated]).toMatchObject([
    'invalid_state',
    { by: 'second' },
  ]);
  expect(await count('escalation')).toBe(1);
  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'spam' });
  expect((await shown(gistId)).escalated).toBeNull();
  expect(await count('escalation')).toBe(0);
  expect(await escalate(second, { revision })).toMatchObject({
    status: 409,
    body: { code: 'invalid_state', decided: { by: 'moderator', decision: 'reject' } },
  });
});

test('what was asked about one revision is not asked about the next', async () => {
  const { gistId, revision, name } = await submitted();
  await moderator.post(`/api/moderation/${gistId}/escalate`, { revision });
  world.writeGist('ada', name, { 'session.jsonl': '{"edited":true}\n' });
  expect((await second.decide(gistId, { decision: 'approve', revision })).body.code).toBe('revision_changed');
  expect(await shown(gistId)).toMatchObject({
    escalated: null,
    flags: expect.not.arrayContaining(['escalated']),
  });
  expect(await moderator.post(`/api/moderation/${gistId}/escalate`, { revision })).toMatchObject({
    status: 409,
    body: { code: 'revision_changed', changed: [{ name: 'session.jsonl', change: 'edited' }] },
  });
  expect((await shown(gistId)).escalated).toBeNull();
});

test.each([{}, { revision: 'main' }, { revision: '0'.repeat(40), note: 'x'.repeat(1001) }, { revision: 1 }])(
  'asking another moderator with %o is a bad request',
  async (body) => {
    const { gistId } = await submitted();
    const answer = await moderator.post(`/api/moderation/${gistId}/escalate`, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect((await shown(gistId)).escalated).toBeNull();
  },
);

test('an escalation and a decision at once leave no question about a decided row', async () => {
  const { gistId, revision } = await submitted();
  const asked = Array.from({ length: 10 }, () =>
    moderator.post(`/api/moderation/${gistId}/escalate`, { revision }),
  );
  const decided = second.decide(gistId, { decision: 'reject', revision, reason: 'spam' });
  await Promise.all([...asked, decided]);
  expect(await shown(gistId)).toMatchObject({ state: 'rejected', escalated: null });
  const { rows } = await world.database.query('select from escalation where gist_id = $1', [gistId]);
  expect(rows).toEqual([]);
});

test('a decision’s form that was second comes back to the case with who was first', async () => {
  const { gistId, revision } = await submitted();
  await second.decide(gistId, { decision: 'approve', revision });
  const form = await moderator.sendForm(`/api/moderation/${gistId}`, [
    ['decision', 'reject'],
    ['revision', revision],
    ['reason', 'spam'],
    ['note', 'Why.'],
  ]);
  expect(form.headers.get('location')).toBe(`/moderation/${gistId}`);
  expect(noticeLeft(form, world.runtime)).toMatchObject({
    sentence: expect.stringMatching(/^second approved it on /),
    values: { note: 'Why.' },
  });
});

test('the form that asks another moderator goes back to the queue', async () => {
  const { gistId, revision } = await submitted();
  const form = await moderator.sendForm(`/api/moderation/${gistId}/escalate`, [['revision', revision]]);
  expect([form.status, form.headers.get('location')]).toEqual([303, '/moderation']);
  expect(noticeLeft(form, world.runtime)?.code).toBe('escalated');
});

test('the statistics count decisions, reasons, and the time from the question to the answer', async () => {
  const { decided, by_decision, by_reason } = (await statistics()) as {
    decided: number;
    by_decision: Record<string, number>;
    by_reason: Record<string, number>;
  };
  const { gistId, revision } = await submitted();
  const { gistId: waits } = await submitted();
  await moderator.decide(gistId, { decision: 'reject', revision, reason: 'low_quality' });
  const after = await statistics();
  expect(after).toMatchObject({
    decided: decided + 1,
    by_decision: { ...by_decision, reject: (by_decision.reject ?? 0) + 1 },
    by_reason: { ...by_reason, low_quality: (by_reason.low_quality ?? 0) + 1 },
    median_hours: expect.any(Number),
  });
  await world.database.query(
    "update submission set waiting_since = '2026-01-02T03:04:05Z' where gist_id = $1",
    [waits],
  );
  expect((await statistics()).oldest_waiting).toBe('2026-01-02T03:04:05.000Z');
});
