import { afterAll, afterEach, expect, test } from 'vitest';
import { startWithTwoModerators } from '../testing/two-moderators.ts';
import { noticeLeft } from '../testing/world.ts';

const { world, ada, moderator, second } = await startWithTwoModerators();
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

const submitted = () => world.submitNew(ada);

test('several rows are approved at once, each for itself', async () => {
  const [good, stale, decided, own] = [
    await submitted(),
    await submitted(),
    await submitted(),
    await submitted(),
  ];
  world.writeGist('ada', stale.name, { 'session.jsonl': '{"edited":true}\n' });
  await second.decide(decided.gistId, { decision: 'remove', revision: decided.revision, reason: 'spam' });
  const rows = [stale, good, decided, good, own].map(({ gistId, revision }) => ({
    gist_id: gistId,
    revision,
  }));
  const { status, body } = await moderator.post('/api/moderation/bulk', { rows });
  expect(status).toBe(200);
  expect(body.results).toEqual([
    {
      gist_id: stale.gistId,
      ok: false,
      code: 'revision_changed',
      detail: expect.stringContaining('was edited'),
    },
    { gist_id: good.gistId, ok: true, state: 'approved', revision: good.revision },
    {
      gist_id: decided.gistId,
      ok: false,
      code: 'invalid_state',
      detail: expect.stringMatching(/^second removed it/),
    },
    {
      gist_id: good.gistId,
      ok: false,
      code: 'invalid_state',
      detail: expect.stringMatching(/^moderator approved it/),
    },
    { gist_id: own.gistId, ok: true, state: 'approved', revision: own.revision },
  ]);
});

test('nobody approves their own gist among others', async () => {
  const gistId = world.writeGist('second', 'own', { 'session.jsonl': '{}\n' });
  const { body } = await second.submit(gistId);
  const answer = await second.post('/api/moderation/bulk', {
    rows: [{ gist_id: gistId, revision: body.revision }],
  });
  expect(answer.body.results).toMatchObject([{ ok: false, code: 'own_submission' }]);
});

test('while GitHub is away, one row waits for it and the others are not tried', async () => {
  const offered = [await submitted(), await submitted(), await submitted()];
  const gistIds = offered.map(({ gistId }) => gistId);
  const rows = offered.map(({ gistId, revision }) => ({ gist_id: gistId, revision }));
  world.standin.setFaults(['down:gists']);
  const before = world.standin.requests.length;
  const { body } = await moderator.post('/api/moderation/bulk', { rows });
  expect(body.results).toMatchObject(
    gistIds.map((gist_id) => ({ gist_id, ok: false, code: 'github_unavailable' })),
  );
  const tried = new Set(world.standin.requests.slice(before).map(({ path }) => path));
  expect([...tried]).toEqual([`/gists/${gistIds[0]}`]);
});

test.each([
  [{}],
  [{ rows: [] }],
  [{ rows: 'all' }],
  [{ rows: [{ gist_id: 'a', revision: 'main' }] }],
  [{ rows: Array.from({ length: 51 }, () => ({ gist_id: 'a', revision: '0'.repeat(40) })) }],
  [{ row: ['a'] }],
  [{ row: Array.from({ length: 51 }, () => `a:${'0'.repeat(40)}`) }],
])('approving %j is a bad request', async (body) => {
  const answer = await moderator.post('/api/moderation/bulk', body);
  expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request' } });
});

test('a form’s checkboxes approve what was ticked, and the next page says what became of it', async () => {
  const [one, two] = [await submitted(), await submitted()];
  await second.decide(two.gistId, { decision: 'reject', revision: two.revision, reason: 'spam' });
  const row = ({ gistId, revision }: typeof one): [string, string] => ['row', `${gistId}:${revision}`];
  const both = await moderator.sendForm('/api/moderation/bulk', [row(one), row(two)]);
  expect([both.status, both.headers.get('location')]).toEqual([303, '/moderation']);
  expect(noticeLeft(both, world.runtime)).toMatchObject({
    kind: 'done',
    code: 'bulk',
    sentence: expect.stringMatching(/^1 approved, 1 refused\. The first refusal: second rejected it on /),
  });
  const { body } = await moderator.get(`/api/moderation/${one.gistId}`);
  expect(body).toMatchObject({ state: 'approved' });
  const none = await moderator.sendForm('/api/moderation/bulk', [row(two)]);
  expect(noticeLeft(none, world.runtime)).toMatchObject({ kind: 'refused', code: 'bulk' });
  const three = await submitted();
  const alone = await moderator.sendForm('/api/moderation/bulk', [row(three)]);
  expect(noticeLeft(alone, world.runtime)?.sentence).toBe('1 approved, 0 refused.');
  const nothing = await moderator.sendForm('/api/moderation/bulk', []);
  expect(noticeLeft(nothing, world.runtime)).toMatchObject({ kind: 'refused', code: 'bad_request' });
});
