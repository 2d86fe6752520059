import { createHash } from 'node:crypto';
import { checkToken, deleteAuthorization, deleteToken, exchangeWebFlowCode } from '@octokit/oauth-methods';
import { request } from '@octokit/request';
import { expect, it } from 'vitest';
import { standinAccountId } from '../ids.ts';
import { runningStandin, temporaryGists } from '../testing.ts';

const app = { clientType: 'oauth-app', clientId: 'app', clientSecret: 'secret' } as const;
const redirectUrl = 'http://127.0.0.1:4321/api/auth/callback/github';
const verifier = 'a-verifier-that-is-long-enough-for-the-standard-43';
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** A stand-in with one app, and the steps of its sign-in. */
async function signIn(now?: () => number) {
  const { dir } = temporaryGists({ 'Ada/first/a.txt': 'a' });
  const credentials = { clientId: app.clientId, clientSecret: app.clientSecret };
  const { standin, get } = await runningStandin(dir, {
    ...credentials,
    accounts: ['moderator'],
    ...(now && { now }),
  });
  const github = request.defaults({ baseUrl: standin.origin });

  const authorize = (more: Record<string, string>) => {
    const query = { client_id: 'app', redirect_uri: redirectUrl, state: 's&1', ...more };
    return get(`/login/oauth/authorize?${new URLSearchParams(query)}`, {});
  };
  const code = async (more: Record<string, string> = {}) => {
    const answer = await authorize({ login: 'ada', ...more });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  };
  const exchange = async (code: string, more: Record<string, string> = {}) => {
    const options = { ...app, code, redirectUrl, request: github.defaults(more) };
    const { authentication } = await exchangeWebFlowCode(options);
    return authentication.token;
  };
  const whoIs = (token: string) => get('/user', { authorization: `Bearer ${token}` });
  return { standin, github, authorize, code, exchange, whoIs };
}

const withPkce = { code_challenge: challenge, code_challenge_method: 'S256' };

it('goes from a login to a token that says whose it is', async () => {
  const { authorize, exchange, whoIs } = await signIn();
  const answer = await authorize({ login: 'ADA', ...withPkce });
  expect(answer.status).toBe(302);
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.origin + back.pathname).toBe(redirectUrl);
  expect(back.searchParams.get('state')).toBe('s&1');
  const token = await exchange(back.searchParams.get('code') ?? '', { code_verifier: verifier });
  expect(token).toMatch(/^gho_standin_/);
  expect(await (await whoIs(token)).json()).toMatchObject({ login: 'Ada', id: standinAccountId('ada') });
});

it('answers 401 to /user without a token', async () => {
  const { whoIs, standin } = await signIn();
  expect((await whoIs('gho_standin_nothing')).status).toBe(401);
  expect((await fetch(`${standin.origin}/user`)).status).toBe(401);
});

it.each(['a-wrong-verifier', ''])('refuses the verifier "%s", and the code is used up', async (wrong) => {
  const { code, exchange } = await signIn();
  const issued = await code(withPkce);
  await expect(exchange(issued, { code_verifier: wrong })).rejects.toThrow(/incorrect or expired/);
  await expect(exchange(issued, { code_verifier: verifier })).rejects.toThrow(/incorrect or expired/);
});

it('takes a code once', async () => {
  const { code, exchange } = await signIn();
  const issued = await code();
  await exchange(issued);
  await expect(exchange(issued)).rejects.toThrow(/incorrect or expired/);
});

it('takes a code for ten minutes', async () => {
  let time = 1_000_000_000_000;
  const { code, exchange } = await signIn(() => time);
  const issued = await code();
  time += 10 * 60_000;
  await expect(exchange(issued)).rejects.toThrow(/incorrect or expired/);
});

it('refuses another secret and another redirect_uri, with status 200 as GitHub does', async () => {
  const { standin, code } = await signIn();
  const exchange = (fields: Record<string, string>) =>
    fetch(`${standin.origin}/login/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ client_id: 'app', client_secret: 'secret', ...fields }),
    });
  const wrong = await exchange({ code: await code(), client_secret: 'guess' });
  expect(wrong.status).toBe(200);
  expect(await wrong.json()).toMatchObject({
    error: 'incorrect_client_credentials',
    error_description: expect.any(String),
    error_uri: expect.any(String),
  });
  const elsewhere = await exchange({ code: await code(), redirect_uri: 'http://127.0.0.1:1/' });
  expect(await elsewhere.json()).toMatchObject({ error: 'redirect_uri_mismatch' });
});

it('kills a deleted token', async () => {
  const { github, code, exchange, whoIs } = await signIn();
  const token = await exchange(await code());
  await checkToken({ ...app, token, request: github });
  const { status } = await deleteToken({ ...app, token, request: github });
  expect(status).toBe(204);
  expect((await whoIs(token)).status).toBe(401);
  await expect(checkToken({ ...app, token, request: github })).rejects.toMatchObject({ status: 404 });
});

it('kills all tokens of a deleted grant', async () => {
  const { github, code, exchange, whoIs } = await signIn();
  const one = await exchange(await code());
  const two = await exchange(await code());
  const other = await exchange(await code({ login: 'moderator' }));
  await deleteAuthorization({ ...app, token: one, request: github });
  const statuses = await Promise.all([one, two, other].map(async (token) => (await whoIs(token)).status));
  expect(statuses).toEqual([401, 401, 200]);
});

it('asks who signs in where no login is given, on a page without scripts', async () => {
  const { standin, authorize } = await signIn();
  const page = await (await authorize({ state: '"><script>alert(1)</script>' })).text();
  expect(page).toContain('<title>Choose an account · GitHub stand-in</title>');
  expect(page).not.toContain('<script');
  const links = [...page.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)];
  expect(links.map(([, , login]) => login)).toEqual(['Ada', 'moderator']);
  const href = links[0]?.[1]?.replaceAll('&amp;', '&') ?? '';
  const chosen = await fetch(standin.origin + href, { redirect: 'manual' });
  expect(new URL(chosen.headers.get('location') ?? '').searchParams.get('state')).toBe(
    '"><script>alert(1)</script>',
  );
});

it.each([
  ['an unknown login', { login: 'nobody<b>' }, 404],
  ['another app', { client_id: 'other' }, 404],
  ['an address that is no web page', { redirect_uri: 'javascript:alert(1)' }, 400],
  ['a challenge without S256', { code_challenge: challenge }, 400],
  ['the plain method', { code_challenge: challenge, code_challenge_method: 'plain' }, 400],
])('shows an error page for %s', async (_, query, status) => {
  const { authorize } = await signIn();
  const answer = await authorize({ login: 'ada', ...query });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toMatch(/<h1>Sign-in is not possible<\/h1>\n<p>(?!.*<b>)/);
});
