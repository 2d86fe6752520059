import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { press, signIn } from './people.ts';

const dev = inject('dev');
const open = useBrowser();
await writeGist(dev.gists, 'passer-by', 'any', { title: 'Any gist' });

test.each(['/mine', '/moderation', '/moderation/0123456789abcdef0123456789abcdef'])(
  'a visitor who is signed out is asked to sign in at %s, and is brought back to it',
  async (path) => {
    const page = await open({ javaScriptEnabled: false });
    expect((await page.goto(dev.url + path))?.status()).toBe(401);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Sign in first');
    await press(page, page.getByRole('main').getByRole('link', { name: 'Sign in with GitHub' }));
    await press(page, page.getByRole('link', { name: 'passer-by' }));
    expect(page.url()).toBe(dev.url + path);
  },
);

test('an account that is no moderator’s sees no queue, and no way to it', async () => {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, 'passer-by');
  expect(await page.getByRole('link', { name: 'Moderation', exact: true }).count()).toBe(0);
  for (const path of ['/moderation', '/moderation/0123456789abcdef0123456789abcdef']) {
    expect((await page.goto(dev.url + path))?.status()).toBe(403);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Not for this account');
    expect(await page.locator('main').innerText()).toContain('Only moderators can do this.');
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  }
});

test('signing out ends the session, and a cookie copied before is dead', async () => {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, 'passer-by');
  const cookies = await page.context().cookies();
  await press(page, page.getByRole('button', { name: 'Sign out', exact: true }));
  expect((await page.goto(`${dev.url}/mine`))?.status()).toBe(401);
  await page.context().addCookies(cookies);
  expect((await page.goto(`${dev.url}/mine`))?.status()).toBe(401);
});

test.each(['https://example.org/', '//example.org', '/\\example.org'])(
  'after signing in nobody is sent on to %s',
  async (elsewhere) => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${dev.url}/sign-in?return_to=${encodeURIComponent(elsewhere)}`);
    await press(page, page.getByRole('main').getByRole('link', { name: 'Sign in with GitHub' }));
    await press(page, page.getByRole('link', { name: 'passer-by' }));
    expect(new URL(page.url()).origin).toBe(dev.url);
  },
);

test.each([['/.data/current'], ['/%2edata/current'], ['/.dataset/latest'], ['/.git/config']])(
  'development does not serve %s',
  async (path) => {
    const answer = await fetch(dev.url + path);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  },
);

test('development refuses other sites’ requests to the API as production does', async () => {
  const answer = await fetch(`${dev.url}/api/submissions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    },
    body: '{}',
  });
  expect([answer.status, (await answer.json()).code]).toEqual([403, 'cross_site']);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
