import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { notice, press, signIn, submit, tick } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

const theirs = await writeGist(dev.gists, 'neighbour', 'theirs', { title: 'The gist of somebody else' });
const secret = await writeGist(dev.gists, 'stumbler', 'secret', { title: 'A secret gist', public: false });
const good = await writeGist(dev.gists, 'stumbler', 'good', { title: 'A gist that could be submitted' });

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
])('%s is refused with a sentence, and the form keeps what was filled in', async (_, { url }, sentence) => {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, 'stumbler');
  await submit(page, dev, { gist: url, license: 'MIT', attested: true });
  expect(page.url()).toBe(`${dev.url}/submit`);
  expect(await notice(page)).toContain(`Not done. ${sentence}`);
  expect(await page.title()).toMatch(/^Not done: Submit a gist/);
  expect(await page.locator(':focus').getAttribute('id')).toBe('notice');
  expect(await field(page).inputValue()).toBe(url);
  expect(await field(page).getAttribute('aria-invalid')).toBe('true');
  expect(await license(page).isChecked()).toBe(true);
  await nothingSubmitted(page);

  await page.goto(`${dev.url}/submit`);
  expect(await page.getByRole('alert').count()).toBe(0);
});

/** Sends the form as a browser would that does not check it first. */
async function submitUnchecked(
  page: Page,
  gist: WrittenGist,
  given: Parameters<typeof submit>[2],
): Promise<void> {
  await page.goto(`${dev.url}/submit`);
  await page.locator('form[action="/api/submissions"]').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await field(page).fill(gist.url);
  if (given.license) await license(page).check();
  if (given.attested) await tick(page, page.getByRole('checkbox', { name: 'I confirm' }));
  await press(page, page.getByRole('button', { name: 'Submit this gist' }));
}

test('without a licence the browser asks for one, and the server refuses to fill one in', async () => {
  const page = await open();
  await signIn(page, dev, 'stumbler', '/submit');
  await field(page).fill(good.url);
  await page.getByRole('button', { name: 'Submit this gist' }).press('Enter');
  const asked = page.locator('input:focus');
  expect(await asked.getAttribute('name')).toBe('license');

  await submitUnchecked(page, good, { attested: true });
  expect(await notice(page)).toContain('You have not chosen a licence.');
  expect(await field(page).inputValue()).toBe(good.url);
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  await nothingSubmitted(page);
});

test('without the statement confirmed nothing is submitted', async () => {
  const page = await open();
  await signIn(page, dev, 'stumbler', '/submit');
  await submitUnchecked(page, good, { license: 'MIT' });
  expect(await notice(page)).toContain('You have not confirmed the statement');
  expect(await field(page).inputValue()).toBe(good.url);
  expect(await license(page).isChecked()).toBe(true);
  expect(await page.getByRole('checkbox', { name: 'I confirm' }).isChecked()).toBe(false);
  await nothingSubmitted(page);
});

test('a gist that is in the index already is not submitted twice', async () => {
  const twice = await writeGist(dev.gists, 'repeater', 'twice', { title: 'Submitted twice' });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, twice.login);
  for (const sentence of ['Submitted.', 'This gist is in the index already.']) {
    await submit(page, dev, { gist: twice.id, license: 'MIT', attested: true });
    expect(await notice(page)).toContain(sentence);
  }
  await page.goto(`${dev.url}/mine`);
  expect(await page.getByRole('article', { name: twice.title }).count()).toBe(1);
});
