import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { authorize, cookiePair, noticeLeft, siteUrl, startWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  world.writeGist('ada', 'first', { 'session.jsonl': '{}\n' });
  world.writeGist('grace', 'first', { 'session.jsonl': '{}\n' });
});
afterAll(() => world.close());
afterEach(() => world.standin.setFaults([]));

const me = (cookie: string) => world.ask('/api/me', { headers: { cookie } });

const noticeOf = (response: Response) => noticeLeft(response, world.runtime)?.code;

test('signing in leads through GitHub, with PKCE and no scope, back to the page one came from', async () => {
  const start = await world.ask('/api/auth/signin?return_to=/submit%3Fgist%3Dabc');
  expect(start.status).toBe(303);
  const address = new URL(start.headers.get('location') ?? '');
  expect(address.pathname).toBe('/login/oauth/authorize');
  expect(address.searchParams.get('code_challenge_method')).toBe('S256');
  expect(address.searchParams.get('scope')).toBeNull();
  expect(address.searchParams.get('redirect_uri')).toBe(`${siteUrl}/api/auth/callback/github`);

  const done = await world.ask(await authorize(start, 'ada'), { headers: { cookie: cookiePair(start) } });
  expect([done.status, done.headers.get('location')]).toEqual([303, '/submit?gist=abc']);
  const [session = ''] = done.headers.getSetCookie();
  expect(session).toMatch(/^__Host-oas_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
  expect(await (await me(cookiePair(done))).json()).toMatchObject({ login: 'ada', moderator: false });
});

test('GitHub’s token is deleted at GitHub and kept nowhere', async () => {
  await world.signIn('ada');
  const deleted = world.standin.requests.filter(
    ({ method, path }) => method === 'DELETE' && path.endsWith('/token'),
  );
  expect(deleted.at(-1)?.status).toBe(204);
  const { rows } = await world.database.query(
    'select to_json(a)::text from account a union all select to_json(s)::text from session s',
  );
  expect(JSON.stringify(rows)).not.toMatch(/gho_|@/);
});

test('GitHub’s token is deleted when GitHub does not say whose it is, too', async () => {
  const start = await world.ask('/api/auth/signin');
  const back = await authorize(start, 'ada');
  world.standin.setFaults(['wrong_shape:users']);
  const answer = await world.ask(back, { headers: { cookie: cookiePair(start) } });
  expect(noticeOf(answer)).toBe('sign_in_failed');
  expect(world.standin.requests.at(-1)).toMatchObject({ method: 'DELETE', status: 204 });
});

test.each([
  ['https://evil.example/', '/'],
  ['//evil.example', '/'],
  ['/api/auth/signout', '/'],
])('return_to=%s leads home', async (wanted, expected) => {
  const start = await world.ask(`/api/auth/signin?return_to=${encodeURIComponent(wanted)}`);
  const done = await world.ask(await authorize(start, 'ada'), { headers: { cookie: cookiePair(start) } });
  expect(done.headers.get('location')).toBe(expected);
});

test('a state works once', async () => {
  const start = await world.ask('/api/auth/signin');
  const back = await authorize(start, 'ada');
  const headers = { cookie: cookiePair(start) };
  await world.ask(back, { headers });
  const again = await world.ask(back, { headers });
  expect([again.status, again.headers.get('location')]).toEqual([303, '/sign-in']);
  expect(noticeOf(again)).toBe('sign_in_expired');
});

test('a state works only in the browser that started it', async () => {
  const mine = await world.ask('/api/auth/signin');
  const theirs = await world.ask('/api/auth/signin');
  const back = await authorize(mine, 'ada');
  for (const cookie of ['', cookiePair(theirs)]) {
    const answer = await world.ask(back, { headers: { cookie } });
    expect(noticeOf(answer)).toBe('sign_in_expired');
    expect(answer.headers.getSetCookie().join()).not.toContain('oas_session');
  }
});

test('two tabs can be signing in at once', async () => {
  const first = await world.ask('/api/auth/signin?return_to=/mine');
  const headers = { cookie: cookiePair(first) };
  const second = await world.ask('/api/auth/signin?return_to=/submit', { headers });
  for (const start of [first, second]) {
    const done = await world.ask(await authorize(start, 'ada'), { headers });
    expect(done.headers.get('location')).toBe(start === first ? '/mine' : '/submit');
  }
});

test('a state older than ten minutes is refused', async () => {
  const start = await world.ask('/api/auth/signin');
  const back = await authorize(start, 'ada');
  await world.database.query("update sign_in set expires_at = now() - interval '1 second'");
  const answer = await world.ask(back, { headers: { cookie: cookiePair(start) } });
  expect(noticeOf(answer)).toBe('sign_in_expired');
});

test('cancelling at GitHub is told, and trying again leads to the same page', async () => {
  const start = await world.ask('/api/auth/signin?return_to=/submit');
  const state = new URL(start.headers.get('location') ?? '').searchParams.get('state');
  const answer = await world.ask(`/api/auth/callback/github?error=access_denied&state=${state}`, {
    headers: { cookie: cookiePair(start) },
  });
  expect([answer.status, noticeOf(answer)]).toEqual([303, 'sign_in_cancelled']);
  expect(noticeLeft(answer, world.runtime)?.values).toEqual({ return_to: '/submit' });
});

test.each([['down:oauth'], ['nonsense:oauth'], ['wrong_shape'], ['reset:oauth']])(
  'while GitHub answers with %s nobody is signed in, and told so',
  async (fault) => {
    const start = await world.ask('/api/auth/signin');
    const back = await authorize(start, 'ada');
    world.standin.setFaults([fault]);
    const answer = await world.ask(back, { headers: { cookie: cookiePair(start) } });
    expect([answer.status, noticeOf(answer)]).toEqual([303, 'sign_in_failed']);
    expect(answer.headers.getSetCookie().join()).not.toContain('oas_session');
  },
);

test('signing out kills a copied cookie too', async () => {
  const ada = await world.signIn('ada');
  const other = await world.signIn('ada');
  const out = await ada.post('/api/auth/signout');
  expect(out.status).toBe(204);
  expect((await me(ada.cookie)).status).toBe(401);
  expect((await me(other.cookie)).status).toBe(200);
});

test('signing out everywhere kills every session of the account, and no other’s', async () => {
  const [ada, other, grace] = await Promise.all(['ada', 'ada', 'grace'].map((login) => world.signIn(login)));
  await ada?.post('/api/auth/signout', { everywhere: true });
  expect((await me(other?.cookie ?? '')).status).toBe(401);
  expect((await me(grace?.cookie ?? '')).status).toBe(200);
});

test.each([
  ['unused for a week', "last_seen = now() - interval '7 days 1 minute'"],
  ['thirty days old', "expires_at = now() - interval '1 second'"],
])('a session %s is over', async (_, change) => {
  const ada = await world.signIn('ada');
  await world.database.query(`update session set ${change}`);
  expect((await me(ada.cookie)).status).toBe(401);
});

test('using a session keeps it alive', async () => {
  const ada = await world.signIn('ada');
  await world.database.query("update session set last_seen = now() - interval '6 days'");
  expect((await me(ada.cookie)).status).toBe(200);
  const { rows } = await world.database.query(
    "select from session where last_seen > now() - interval '1 minute'",
  );
  expect(rows.length).toBeGreaterThan(0);
});

test('a cookie that we did not sign is nobody’s', async () => {
  const ada = await world.signIn('ada');
  const [name, token = ''] = ada.cookie.split('=');
  const [header, claims] = token.split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const forged of [`${header}.${claims}.AAAA`, `${none}.${claims}.`, 'x', '']) {
    expect((await me(`${name}=${forged}`)).status).toBe(401);
  }
});

test('signing in again ends the session it replaces', async () => {
  const ada = await world.signIn('ada');
  const start = await world.ask('/api/auth/signin');
  const cookie = `${cookiePair(start)}; ${ada.cookie}`;
  await world.ask(await authorize(start, 'ada'), { headers: { cookie } });
  expect((await me(ada.cookie)).status).toBe(401);
});

test('a renamed account stays the same account', async () => {
  await world.signIn('ada');
  await world.database.query("update account set login = 'old-name' where login = 'ada'");
  const again = await world.signIn('ada');
  expect(await (await me(again.cookie)).json()).toMatchObject({ login: 'ada' });
  const { rows } = await world.database.query("select from account where login = 'old-name'");
  expect(rows).toHaveLength(0);
});
