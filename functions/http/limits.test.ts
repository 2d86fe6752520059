import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '#domain/limits.ts';
import { withAsked } from '#runtime/asked.ts';
import { createLimiter } from '#sql/limiter.ts';
import { openDatabase } from '#sql/open.ts';
import { silent } from '#sql/testing.ts';
import { noticeLeft, startWorld, type Visitor, type World } from '../api/testing/world.ts';

let world: World;
let ada: Visitor;
let grace: Visitor;
beforeAll(async () => {
  world = await startWorld();
  for (const login of ['ada', 'grace']) world.writeGist(login, 'first', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
  grace = await world.signIn('grace');
  world.runtime.limiter = createLimiter(world.runtime.database, limits, silent);
});
afterAll(() => world.close());

/** Asks from an address. */
const from = (client: string, path: string, init?: RequestInit) =>
  withAsked({ requestId: randomUUID(), client, route: null }, () => world.ask(path, init));
const json = { 'content-type': 'application/json' };

test('an account has 60 submissions a minute and 60 previews, then is told to wait', async () => {
  const gistId = 'f'.repeat(32);
  for (let i = 0; i < 60; i++) {
    expect((await ada.post('/api/submissions/preview', { gist_url: 'none' })).status).toBe(400);
    expect((await ada.submit('none')).status).toBe(400);
  }
  const refused = await ada.submit(gistId);
  expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
  expect(refused.body.detail).toMatch(/^More requests came from you in 60 s than .* Try again in \d+ s\.$/);
  expect(refused.headers.get('retry-after')).toBe(String(refused.body.retry_after));
  expect(refused.headers.get('ratelimit-policy')).toBe('"writes";q=240;w=60');
  expect(refused.headers.get('ratelimit')).toMatch(/^"writes";r=0;t=\d+$/);
});

test('one account’s limit is not another’s, and reading goes on', async () => {
  expect((await ada.post('/api/submissions/seen', { seq: '0' })).status).toBe(429);
  expect((await ada.get('/api/me')).status).toBe(200);
  const { status, headers } = await grace.post('/api/submissions/preview', { gist_url: 'none' });
  expect([status, headers.get('ratelimit')]).toEqual([400, expect.stringMatching(/^"writes";r=238;t=\d+$/)]);
});

test('a browser that asks too often gets its form back with the sentence', async () => {
  const answer = await ada.sendForm('/api/submissions', { gist_url: 'none' });
  expect(answer.status).toBe(303);
  expect(noticeLeft(answer, world.runtime)?.code).toBe('too_many_requests');
});

test('who is not signed in is counted by address, before anything else is looked at', async () => {
  const send = (client: string) => from(client, '/api/submissions', { method: 'POST', headers: json });
  const codes: unknown[] = [];
  for (let i = 0; i < 61; i++) codes.push((await (await send('192.0.2.1')).json()).code);
  expect(codes.slice(0, 60)).toEqual(new Array(60).fill('not_signed_in'));
  expect(codes.at(-1)).toBe('too_many_requests');
  expect((await send('192.0.2.2')).status).toBe(401);
});

test('signing in too often leads back to the page, which tells why', async () => {
  let last = await from('192.0.2.3', '/api/auth/signin');
  for (let i = 0; i < 60; i++) last = await from('192.0.2.3', '/api/auth/signin');
  expect([last.status, last.headers.get('location')]).toEqual([303, '/sign-in']);
  expect(noticeLeft(last, world.runtime)?.code).toBe('too_many_requests');
});

test('one visitor of IPv6 is one, whatever they choose for the half that is theirs', async () => {
  const policy = async (client: string) => (await from(client, '/api/log')).headers.get('ratelimit');
  expect(await policy('2001:db8::1')).toMatch(/^"reads";r=1199/);
  expect(await policy('2001:db8:0:0:ffff::2')).toMatch(/^"reads";r=1198/);
  expect(await policy('2001:db8:0:1::1')).toMatch(/^"reads";r=1199/);
});

test('requests from this machine are not counted: they may be anybody’s', async () => {
  const answer = await world.ask('/api/log');
  expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
});

test('while the database is away a write says that, and not something worse', async () => {
  const { runtime } = world;
  const away = await openDatabase({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing', log: silent });
  const before = { database: runtime.database, limiter: runtime.limiter };
  Object.assign(runtime, { database: away, limiter: createLimiter(away, limits, silent) });
  const answers = [
    await grace.submit('f'.repeat(32)),
    { status: (await from('192.0.2.4', '/api/auth/signin')).status },
    { status: (await from('192.0.2.4', '/api/submissions', { method: 'POST', headers: json })).status },
  ];
  Object.assign(runtime, before);
  await away.close();
  expect(answers.map(({ status }) => status)).toEqual([503, 303, 401]);
});

test('every denial is written down, with who, what and which request, and no address', async () => {
  const gistId = 'a'.repeat(32);
  world.logged.length = 0;
  const client = '192.0.2.77';
  const headers = { ...json, cookie: grace.cookie };
  await from(client, `/api/submissions/${gistId}/withdraw?key=hidden`, { method: 'POST', headers: json });
  await from(client, `/api/moderation/${gistId}`, { headers });
  await from(client, '/api/submissions', {
    method: 'POST',
    headers: { ...headers, origin: 'https://evil.test' },
  });
  const lines = world.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'refused');
  expect(lines).toMatchObject([
    { code: 'not_signed_in', method: 'POST', route: '/api/submissions/{gist_id}/withdraw', gist_id: gistId },
    { code: 'not_moderator', method: 'GET', route: '/api/moderation/{gist_id}', gist_id: gistId },
    { code: 'cross_site', method: 'POST', route: '/api/submissions' },
  ]);
  expect(lines.map(({ account_id }) => typeof account_id)).toEqual(['object', 'string', 'object']);
  expect(new Set(lines.map(({ client }) => client)).size).toBe(1);
  expect(new Set(lines.map(({ request_id }) => request_id)).size).toBe(3);
  expect(world.logged.join()).not.toMatch(/192\.0\.2\.77|hidden/);
  expect(await world.everythingStored()).not.toMatch(/192\.0\.2|2001:db8/);
});
