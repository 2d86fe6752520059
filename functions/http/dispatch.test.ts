import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#sql/open.ts';
import { silent } from '#sql/testing.ts';
import { noticeLeft, siteUrl, startWorld, type Visitor, type World } from '../api/testing/world.ts';

let world: World;
let ada: Visitor;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  ada = await world.signIn('ada');
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };

async function post(headers: Record<string, string>, body: string | ReadableStream = '{}') {
  const init = { method: 'POST', headers: { cookie: ada.cookie, ...headers }, body, duplex: 'half' };
  const answer = await world.ask('/api/submissions', init as RequestInit);
  return { status: answer.status, code: (await answer.json()).code, headers: answer.headers };
}

test.each([
  ['JSON from another origin', { ...json, origin: 'https://evil.example' }],
  ['JSON from an opaque origin', { ...json, origin: 'null' }],
  [
    'a form from another origin',
    { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
  ],
  ['text from another origin', { 'content-type': 'text/plain', origin: 'https://evil.example' }],
  ['our own host over http', { ...json, origin: siteUrl.replace('https', 'http') }],
  ['a cross-site fetch', { ...json, 'sec-fetch-site': 'cross-site' }],
  ['a same-site fetch from another host', { ...json, 'sec-fetch-site': 'same-site' }],
])('%s is refused', async (_, headers) => {
  expect(await post(headers)).toMatchObject({ status: 403, code: 'cross_site' });
});

test.each([
  ['a page of ours', { ...json, origin: siteUrl, 'sec-fetch-site': 'same-origin' }],
  ['a program', json],
])('%s may ask', async (_, headers) => {
  expect(await post(headers)).toMatchObject({ status: 400, code: 'invalid_gist_url' });
});

test.each([['{'], ['[]'], ['null'], ['"text"'], ['\u0000']])('the body %j is a bad request', async (body) => {
  expect(await post(json, body)).toMatchObject({ status: 400, code: 'bad_request' });
});

test.each([['text/plain'], ['application/xml'], ['']])('a body of type %j is not taken', async (type) => {
  expect(await post({ 'content-type': type })).toMatchObject({ status: 415, code: 'unsupported_media_type' });
});

test('a body over 64 KB is not read to its end', async () => {
  expect(await post(json, `{"gist_url":"${'x'.repeat(65_536)}"}`)).toMatchObject({
    status: 413,
    code: 'body_too_large',
  });
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(10_000))),
  });
  expect(await post(json, endless)).toMatchObject({ status: 413, code: 'body_too_large' });
});

test('a broken multipart form is a bad request', async () => {
  const type = 'multipart/form-data; boundary=x';
  expect(await post({ 'content-type': type }, 'nonsense')).toMatchObject({
    status: 400,
    code: 'bad_request',
  });
});

test('an address that is none is not found', async () => {
  for (const path of [
    '/api',
    '/api/',
    '/api/nothing',
    '/api/submissions/x/y/z',
    '/api/submissions//withdraw',
  ]) {
    const answer = await world.ask(path);
    expect({ path, status: answer.status, code: (await answer.json()).code }).toEqual({
      path,
      status: 404,
      code: 'not_found',
    });
  }
});

test.each([
  ['DELETE', '/api/submissions', 'GET, POST'],
  ['GET', '/api/auth/signout', 'POST'],
  ['PUT', '/api/me', 'GET'],
])('%s %s is not allowed', async (method, path, allow) => {
  const answer = await world.ask(path, { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  expect((await answer.json()).code).toBe('method_not_allowed');
});

test('every refusal is a problem a program can read', async () => {
  const answer = await world.ask('/api/me');
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Unauthorized',
    status: 401,
    code: 'not_signed_in',
    detail: expect.stringContaining('Sign in'),
  });
});

test('while the database is away, asking and signing in say so', async () => {
  const { runtime } = world;
  const { database } = runtime;
  runtime.database = await openDatabase({
    databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing',
    log: silent,
  });
  const answer = await world.ask('/api/log');
  const signIn = await world.ask('/api/auth/signin');
  runtime.database = database;
  expect([answer.status, (await answer.json()).code]).toEqual([503, 'database_unavailable']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect([signIn.status, signIn.headers.get('location')]).toEqual([303, '/sign-in']);
});

test('while the database is away, a browser’s form goes back with the sentence', async () => {
  const { runtime } = world;
  const { database } = runtime;
  runtime.database = await openDatabase({
    databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing',
    log: silent,
  });
  const answer = await world.ask('/api/submissions', {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie: ada.cookie },
    body: 'license=MIT',
  });
  runtime.database = database;
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/submit']);
  expect(noticeLeft(answer, runtime)?.code).toBe('database_unavailable');
});

test('a field too long to come back does not take the sentence with it', async () => {
  const answer = await world.ask('/api/submissions', {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie: ada.cookie },
    body: new URLSearchParams({ gist_url: 'x'.repeat(2500), license: 'MIT' }).toString(),
  });
  expect(noticeLeft(answer, world.runtime)).toMatchObject({
    code: 'bad_request',
    values: { license: 'MIT' },
  });
});
