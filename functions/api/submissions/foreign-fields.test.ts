import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type Visitor, type World } from '../testing/world.ts';

let world: World;
let ada: Visitor;
let grace: Visitor;
beforeAll(async () => {
  world = await startWorld();
  for (const login of ['ada', 'grace']) world.writeGist(login, 'first', { 'session.jsonl': '{}\n' });
  [ada, grace] = await Promise.all([world.signIn('ada'), world.signIn('grace')]);
});
afterAll(() => world.close());

/** What an owner may not say of a row. */
const foreign = {
  state: 'approved',
  availability: 'available',
  presence: 'listed',
  approved_at: '2020-01-01T00:00:00Z',
  approved_revision: 'f'.repeat(40),
  owner_id: '1',
  owner_login: 'somebody',
  account_id: '1',
  title: 'A title of one’s own',
  moderator: true,
  seq: 1,
};

const rowOf = async (gistId: string) =>
  (await world.database.query('select * from submission where gist_id = $1', [gistId])).rows[0];

test('what else a submission says of its row is not written', async () => {
  const plain = world.writeGist('ada', 'plain', { 'session.jsonl': '{"n":1}\n' });
  const stuffed = world.writeGist('ada', 'stuffed', { 'session.jsonl': '{"n":1}\n' });
  await ada.submit(plain);
  expect(await ada.submit(stuffed, foreign)).toMatchObject({ status: 201, body: { state: 'pending' } });

  const row = await rowOf(stuffed);
  expect(row).toMatchObject({
    owner_login: 'ada',
    title: 'session.jsonl',
    availability: 'available',
    presence: 'never',
    approved_at: null,
    approved_revision: null,
    account_id: (await rowOf(plain))?.account_id,
  });
  expect(row?.submitted_at).not.toEqual(new Date(foreign.approved_at));
  expect((await ada.get('/api/me')).body).toMatchObject({ login: 'ada', moderator: false });
});

test.each(['withdraw', 'appeal', 'report'])(
  'what a request to %s says of somebody else’s row is not written, either',
  async (verb) => {
    const { gistId, revision } = await world.submitNew(ada);
    const before = await rowOf(gistId);
    const body = { ...foreign, text: 'It is mine.', reason: 'spam', revision };
    await grace.post(`/api/submissions/${gistId}/${verb}`, body);
    const after = await rowOf(gistId);
    for (const column of [
      'account_id',
      'owner_id',
      'owner_login',
      'title',
      'approved_revision',
      'approved_at',
    ]) {
      expect([column, after?.[column]]).toEqual([column, before?.[column]]);
    }
    expect(['pending', 'quarantined']).toContain(after?.state);
  },
);
