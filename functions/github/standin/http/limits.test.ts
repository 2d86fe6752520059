import { expect, it } from 'vitest';
import { standinGistId } from '../ids.ts';
import { asApp, runningStandin, temporaryGists } from '../testing.ts';

const first = `/gists/${standinGistId('ada', 'first')}`;
const gists = () => temporaryGists({ 'ada/first/a.txt': 'a' }).dir;

it('counts requests, 60 an hour without a credential and 5,000 with one', async () => {
  const { get, getJson } = await runningStandin(gists());
  const one = await get(first, {});
  const two = await get(first, {});
  expect(one.headers.get('x-ratelimit-limit')).toBe('60');
  expect([one, two].map((answer) => answer.headers.get('x-ratelimit-remaining'))).toEqual(['59', '58']);
  expect((await get(first)).headers.get('x-ratelimit-limit')).toBe('5000');
  expect(await getJson('/rate_limit', {})).toMatchObject({ resources: { core: { used: 2, remaining: 58 } } });
});

it('refuses in the form of GitHub once the hour is used up, and opens again after it', async () => {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const { get } = await runningStandin(gists(), { now: () => time });
  for (let count = 0; count < 60; count += 1) expect((await get(first, {})).status).toBe(200);
  const refused = await get(first, {});
  expect(refused.status).toBe(403);
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(Number(refused.headers.get('x-ratelimit-reset')) * 1000).toBe(time + 3_600_000);
  expect(await refused.json()).toMatchObject({ message: expect.stringMatching(/^API rate limit exceeded/) });
  expect((await get(first)).status).toBe(200);
  time += 3_600_000;
  expect((await get(first, {})).status).toBe(200);
});

it('answers 304 to who has the gist already; with a credential it costs nothing', async () => {
  const { dir, write } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { get } = await runningStandin(dir);
  const etag = (await get(first)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"/);
  const again = await get(first, { ...asApp, 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(again.headers.get('x-ratelimit-used')).toBe('1');
  const anonymous = await get(first, { 'if-none-match': etag });
  expect(anonymous.status).toBe(200);
  const anonymousTag = anonymous.headers.get('etag') ?? '';
  const counted = await get(first, { 'if-none-match': anonymousTag });
  expect([counted.status, counted.headers.get('x-ratelimit-used')]).toEqual([304, '2']);
  write('ada/first/a.txt', 'b');
  expect((await get(first, { ...asApp, 'if-none-match': etag })).status).toBe(200);
});

it('says Last-Modified and honours If-Modified-Since', async () => {
  const { get } = await runningStandin(gists());
  const since = (await get(first)).headers.get('last-modified') ?? '';
  expect((await get(first, { ...asApp, 'if-modified-since': since })).status).toBe(304);
});

it('knows its own tokens and apps, and takes foreign tokens for personal ones', async () => {
  const { get } = await runningStandin(gists(), { clientId: 'app', clientSecret: 'secret' });
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
  expect((await get(first, basic('app:secret'))).status).toBe(200);
  expect((await get(first, basic('app:wrong'))).status).toBe(401);
  expect((await get(first, { authorization: 'Bearer gho_standin_made_up' })).status).toBe(401);
  const personal = await get(first, { authorization: 'token github_pat_example' });
  expect([personal.status, personal.headers.get('x-ratelimit-limit')]).toEqual([200, '5000']);
  expect((await get('/user', { authorization: 'token github_pat_example' })).status).toBe(401);
});

it('notes what was asked, without secrets, and logs addresses it does not have', async () => {
  const lines: string[] = [];
  const { standin, get } = await runningStandin(gists(), { log: (line) => lines.push(line) });
  await get(`${first}?x=1`);
  await get('/login/oauth/authorize?state=hidden', {});
  const unknown = await get('/repos/a/b/pulls', {});
  expect([unknown.status, (await unknown.json()).message]).toEqual([404, 'Not Found']);
  expect(standin.requests).toEqual([
    { method: 'GET', path: `${first}?x=1`, status: 200, authorization: 'basic' },
    { method: 'GET', path: '/login/oauth/authorize', status: 400, authorization: 'none' },
    { method: 'GET', path: '/repos/a/b/pulls', status: 404, authorization: 'none' },
  ]);
  expect(lines).toEqual(['GET /repos/a/b/pulls: the stand-in has no such address']);
});

it('lets a page of another origin ask with a credential', async () => {
  const { standin } = await runningStandin(gists());
  const answer = await fetch(standin.origin + first, { method: 'OPTIONS' });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
});
