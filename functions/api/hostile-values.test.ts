import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from './routes.ts';
import { startWorld, type Visitor, type World } from './testing/world.ts';

let world: World;
let moderator: Visitor;
let gistId: string;
beforeAll(async () => {
  world = await startWorld();
  for (const login of ['ada', 'moderator']) world.writeGist(login, 'first', { 'session.jsonl': '{}\n' });
  const ada = await world.signIn('ada');
  moderator = await world.signIn('moderator');
  gistId = (await world.submitNew(ada)).gistId;
});
afterAll(() => world.close());

const statements = [
  "' or '1'='1",
  "'; drop table submission; --",
  '$1',
  '1) or (1=1',
  '\\x27 or 1=1',
  "' || pg_sleep(10) || '",
  '\u0000',
  '%27%20or%201=1',
];
const fields = [
  ...['after', 'agent', 'flag', 'waiting', 'sort', 'token', 'page', 'limit', 'from', 'to'],
  ...['gist_url', 'gist_ids', 'license', 'attested', 'revision', 'decision', 'reason', 'note', 'text'],
  ...['seq', 'done', 'verb', 'everywhere', 'return_to', 'code', 'state'],
];
const endpoints = Object.entries(routes)
  .filter(([path]) => !path.endsWith('/signout'))
  .flatMap(([path, all]) => all.map(({ method }) => ({ method, path })));

const listed = async () =>
  (await world.database.query('select gist_id, state, revision, owner_login from submission order by 1'))
    .rows;

test.each(endpoints)('$method $path takes an SQL statement for the word it is', async ({ method, path }) => {
  const before = await listed();
  for (const statement of statements) {
    const address = path.replace('{gist_id}', encodeURIComponent(statement));
    const values = Object.fromEntries(fields.map((field) => [field, statement]));
    const one = (field: string) => ({ [field]: statement });
    for (const given of [values, ...fields.map(one)]) {
      const query = method === 'GET' ? `?${new URLSearchParams(given)}` : '';
      const answer = await world.ask(address + query, {
        method,
        headers: { cookie: moderator.cookie, 'content-type': 'application/json' },
        body: method === 'GET' ? null : JSON.stringify(given),
      });
      expect([address, given, answer.status < 500]).toEqual([address, given, true]);
      await answer.body?.cancel();
    }
  }
  expect(await listed()).toEqual(before);
});

test('an account whose login is a statement is an account', async () => {
  await world.database.query("update account set login = $1 where login = 'ada'", [statements[1]]);
  await world.database.query('update submission set owner_login = $1, title = $1', [statements[1]]);
  const { body } = await moderator.get(`/api/moderation/${gistId}`);
  expect(body).toMatchObject({ owner_login: statements[1], title: statements[1] });
  expect((await moderator.get('/api/moderation/queue')).status).toBe(200);
});
