import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { card, check, confirm, notice, press, signIn, tick } from './people.ts';
import { claudeSession } from './sessions.ts';

const dev = inject('dev');
const open = useBrowser();

const theirs = await writeGist(dev.gists, 'neighbour', 'theirs', { title: 'The gist of somebody else' });
const secret = await writeGist(dev.gists, 'stumbler', 'secret', { title: 'A secret gist', public: false });
const good = await writeGist(dev.gists, 'stumbler', 'good', { title: 'A gist that could be submitted' });
const empty = await writeGist(dev.gists, 'stumbler', 'empty', { title: 'Empty', files: { 'a.txt': '' } });

const field = (page: Page) => page.getByLabel('Address of the gist');
const license = (page: Page) => page.getByRole('radio', { name: 'MIT' });

async function nothingSubmitted(page: Page): Promise<void> {
  await page.goto(`${dev.url}/mine`);
  expect(await page.locator('main').innerText()).toContain('You have submitted nothing yet');
}

test.each([
  [
    'an address that is no gist',
    { url: 'https://example.org/not-a-gist' },
    'That is not the address of a gist.',
  ],
  ['an id GitHub does not know', { url: '0123456789abcdef0123456789abcdef' }, 'GitHub has no such gist'],
  ['somebody else’s gist', theirs, 'This gist belongs to'],
  ['a secret gist', secret, 'This gist is secret. Only public gists can be listed'],
  ['an empty gist', empty, 'This gist holds no file with any content.'],
])('%s is refused with a sentence, and the first step keeps the address', async (_, { url }, sentence) => {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, 'stumbler');
  await check(page, dev, url);
  expect(page.url()).toBe(`${dev.url}/submit?gist=${encodeURIComponent(url)}`);
  expect(await notice(page)).toContain(`Not done. ${sentence}`);
  expect(await page.title()).toMatch(/^Not done: Submit a gist/);
  expect(await page.locator(':focus').getAttribute('id')).toBe('notice');
  expect(await field(page).inputValue()).toBe(url);
  expect(await field(page).getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByRole('button', { name: 'Submit this gist' }).count()).toBe(0);
  await nothingSubmitted(page);

  await page.goto(`${dev.url}/submit`);
  expect(await page.getByRole('alert').count()).toBe(0);
});

/** Sends the second step's form as a browser would that does not check it first. */
async function confirmUnchecked(
  page: Page,
  gist: WrittenGist,
  given: { license?: boolean; attested?: boolean },
): Promise<void> {
  await page.goto(`${dev.url}/submit?gist=${gist.id}`);
  await page.locator('form[action="/api/submissions"]').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  if (given.license) await license(page).check();
  if (given.attested) await tick(page, page.getByRole('checkbox', { name: 'I confirm' }));
  await press(page, page.getByRole('button', { name: 'Submit this gist' }));
}

test('without a licence the browser asks for one, and the server refuses to fill one in', async () => {
  const page = await open();
  await signIn(page, dev, 'stumbler', `/submit?gist=${good.id}`);
  await page.goto(`${dev.url}/submit?gist=${good.id}`);
  await page.getByRole('button', { name: 'Submit this gist' }).press('Enter');
  const asked = page.locator('input:focus');
  expect(await asked.getAttribute('name')).toBe('license');

  await confirmUnchecked(page, good, { attested: true });
  expect(await notice(page)).toContain('You have not chosen a licence.');
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Check and submit');
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  await nothingSubmitted(page);
});

test('without the statement confirmed nothing is submitted', async () => {
  const page = await open();
  await signIn(page, dev, 'stumbler');
  await confirmUnchecked(page, good, { license: true });
  expect(await notice(page)).toContain('You have not confirmed the statement');
  expect(await license(page).isChecked()).toBe(true);
  expect(await page.getByRole('checkbox', { name: 'I confirm' }).isChecked()).toBe(false);
  await nothingSubmitted(page);
});

test('a gist that is in the index already is not submitted twice', async () => {
  const twice = await writeGist(dev.gists, 'repeater', 'twice', { title: 'Submitted twice' });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, twice.login);
  await check(page, dev, twice.id);
  await submitted(page, dev, twice);
  await confirm(page, { license: 'MIT', attested: true });
  expect(await notice(page)).toContain('This gist is in the index already.');
  expect(await page.locator('main').innerText()).toMatch(/Pending.*This gist is in the index already/s);
  expect(await page.getByRole('button', { name: 'Submit this gist' }).count()).toBe(0);
  await page.goto(`${dev.url}/mine`);
  expect(await page.getByRole('article', { name: twice.title }).count()).toBe(1);
});

test('what was edited since it was checked is shown again before it is submitted', async () => {
  const title = 'Edited between the two steps';
  const gist = await writeGist(dev.gists, 'repeater', 'moving', { title });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, gist.login);
  await check(page, dev, gist.url);
  const read = card(page, title).getByRole('link', { name: 'Read revision' });
  const first = await read.getAttribute('href');
  const more = { 'session.jsonl': claudeSession(), 'second.jsonl': claudeSession({ prompt: 'And now?' }) };
  await writeGist(dev.gists, gist.login, 'moving', { title, files: more });

  await confirm(page, { license: 'MIT', attested: true });
  expect(await notice(page)).toContain('Not done. The gist has changed since that revision');
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Check and submit');
  expect(await read.getAttribute('href')).not.toBe(first);
  expect(await page.getByRole('region', { name: 'Recognised' }).innerText()).toContain('second.jsonl');
  expect(await license(page).isChecked()).toBe(true);
  await confirm(page, { attested: true });
  expect(await notice(page)).toContain('Submitted.');
});
