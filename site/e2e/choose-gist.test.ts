import { expect, inject, onTestFinished, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { card, check, confirm, notice, press, signIn } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

test('an owner chooses among their public gists, and a secret one is not shown', async () => {
  const login = 'chooser';
  const gist = await writeGist(dev.gists, login, 'shown', { title: 'The one to choose' });
  await writeGist(dev.gists, login, 'hidden', { title: 'Nobody sees this one', public: false });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login, '/submit');
  const list = page.getByRole('region', { name: 'Or choose it' });
  expect(await list.innerText()).toMatch(/The one to choose.*session\.jsonl.*in 1 file/s);
  expect(await page.content()).not.toContain('Nobody sees this one');

  await press(page, list.getByRole('link', { name: 'Check it' }));
  expect(page.url()).toBe(`${dev.url}/submit?gist=${gist.id}`);
  await confirm(page, { license: 'MIT', attested: true });
  expect(await notice(page)).toContain('Submitted.');
  expect(await card(page, gist.title).innerText()).toMatch(/Pending.*Claude Code 2\.1\.7/s);

  await page.goto(`${dev.url}/submit`);
  expect(await list.innerText()).toContain('Pending');
  expect(await list.getByRole('link', { name: 'Check it' }).count()).toBe(0);
});

test('an account without a public gist is told how to make one', async () => {
  await writeGist(dev.gists, 'secretive', 'hidden', { title: 'Only for me', public: false });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, 'secretive', '/submit');
  const main = page.getByRole('main');
  expect(await main.innerText()).toContain('You have no public gist yet');
  expect(await main.locator('details').textContent()).toContain('gh gist create --public FILE');
});

test('a link to a gist is kept through signing in', async () => {
  const gist = await writeGist(dev.gists, 'linked', 'any', { title: 'A gist somebody links to' });
  const path = `/submit?gist=${encodeURIComponent(gist.url)}`;
  const page = await open({ javaScriptEnabled: false });
  await page.goto(dev.url + path);
  expect(await page.getByRole('main').innerText()).toContain(`filled in with ${gist.url}`);
  await signIn(page, dev, gist.login, path);
  expect(page.url()).toBe(dev.url + path);
  expect(await page.getByLabel('Address of the gist').inputValue()).toBe(gist.url);
  await press(page, page.getByRole('button', { name: 'Check this gist' }));
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Check and submit');
});

test('a link opened from nowhere leads to the preview, one on another site only to the filled-in field', async () => {
  const gist = await writeGist(dev.gists, 'linked', 'other', { title: 'A gist another site links to' });
  const path = `/submit?gist=${gist.id}`;
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, gist.login);
  await page.goto(dev.url + path);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Check and submit');

  const elsewhere = `data:text/html,<title>Another site</title><a href="${dev.url}${path}">a session</a>`;
  await page.goto(elsewhere);
  await press(page, page.getByRole('link', { name: 'a session' }));
  expect(page.url()).toBe(dev.url + path);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Submit a gist');
  expect(await page.getByLabel('Address of the gist').inputValue()).toBe(gist.id);
  expect(await page.getByRole('main').innerText()).toContain('The link you followed has filled this in.');
});

/** Switches faults of the stand-in on, until the test is over. */
async function faulty(faults: string[]): Promise<void> {
  const door = await fetch(`${dev.url}/api/auth/signin`, { redirect: 'manual' });
  const { origin } = new URL(door.headers.get('location') ?? '');
  const set = (next: string[]) =>
    fetch(`${origin}/_standin/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ faults: next }),
    });
  onTestFinished(async () => {
    await set([]);
  });
  expect((await set(faults)).status).toBe(200);
}

test.each([
  ['limits our requests', 'rate_limit', 'GitHub is limiting our requests'],
  ['is down', 'nonsense', 'GitHub is not answering properly'],
])('while GitHub %s both steps say so, and the address stays', async (_, fault, sentence) => {
  const gist = await writeGist(dev.gists, 'unlucky', 'any', { title: 'A gist in bad times' });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, gist.login, '/submit');
  await faulty([fault]);
  await page.reload();
  const main = page.getByRole('main');
  expect(await main.innerText()).toContain(`Your gists cannot be listed just now. ${sentence}`);

  await check(page, dev, gist.url);
  expect(await notice(page)).toContain(`Not done. ${sentence}`);
  expect(await page.getByLabel('Address of the gist').inputValue()).toBe(gist.url);
});
