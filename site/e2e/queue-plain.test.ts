import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endDev, type RunningDev } from '../../actions/dev/testing.ts';
import { presets } from '../wording/presets.ts';
import { useBrowser } from './browser.ts';
import { gistName, standing, startDesk, waiting } from './desk-world.ts';
import { card, fill, notice, openCase, press, queueRow, signIn, tick } from './people.ts';

const open = useBrowser();
let dev: RunningDev;
beforeAll(async () => {
  dev = await startDesk();
});
afterAll(() => endDev(dev));

const plain = () => open({ javaScriptEnabled: false });

test('several are approved at once, each at its own revision, and the page says how many and why not', async () => {
  const titles = ['Bulk one', 'Bulk two', 'Bulk deleted', 'Bulk left out'];
  const gists = await waiting(await open(), dev, 'bulky', titles);
  const page = await plain();
  await signIn(page, dev, 'moderator', '/moderation');
  for (const title of titles.slice(0, 3))
    await tick(page, page.getByRole('checkbox', { name: `Choose ${title}` }));
  await rm(join(dev.gists, 'bulky', gistName('Bulk deleted')), { recursive: true });
  await press(page, page.getByRole('button', { name: 'Approve the chosen' }));
  expect(await notice(page)).toMatch(/2 approved, 1 refused\. The first refusal: GitHub has no such gist/);
  const stand = await Promise.all(gists.map((gist) => standing(page, dev, gist)));
  expect(stand.map(({ state }) => state)).toEqual(['approved', 'approved', 'pending', 'pending']);
  expect(await queueRow(page, 'Bulk one').count()).toBe(0);
  expect(await queueRow(page, 'Bulk left out').count()).toBe(1);
});

test('the queue is narrowed down and put in another order by its form and tabs', async () => {
  await waiting(await open(), dev, 'sorter', ['Sorted first', 'Sorted second']);
  const page = await plain();
  await signIn(page, dev, 'moderator', '/moderation');
  const order = async () =>
    await page
      .getByRole('listitem')
      .getByRole('link', { name: /^Sorted/ })
      .allInnerTexts();
  expect(await order()).toEqual(['Sorted first', 'Sorted second']);
  await page.getByText('Filter and sort').click();
  await page.getByLabel('Order').selectOption('newest');
  await page.getByLabel('Agent').selectOption('claude-code');
  await press(page, page.getByRole('button', { name: 'Show', exact: true }));
  expect(await order()).toEqual(['Sorted second', 'Sorted first']);
  expect(await page.getByLabel('Order').inputValue()).toBe('newest');
  await page.getByLabel('Marked').selectOption('suspected');
  await press(page, page.getByRole('button', { name: 'Show', exact: true }));
  expect(await page.getByRole('main').innerText()).toContain('Nothing of this kind waits.');
  await press(page, page.getByRole('link', { name: 'Show the whole queue' }));
  await press(page, page.getByRole('link', { name: /^New \d/ }));
  expect(page.url()).toBe(`${dev.url}/moderation?waiting=new`);
  expect(
    await page.getByRole('navigation', { name: 'What waits' }).locator('[aria-current]').innerText(),
  ).toMatch(/^New/);
  expect((await page.goto(`${dev.url}/moderation?flag=nonsense`))?.status()).toBe(400);
  expect(await page.getByRole('main').innerText()).toContain('The field “flag” is wrong');
});

test('a case leads on to its neighbours, tells what notes begin with, and asks another moderator', async () => {
  await waiting(await open(), dev, 'reader', ['Read one', 'Read two']);
  const page = await plain();
  await signIn(page, dev, 'moderator', '/moderation');
  await openCase(page, 'Read one');
  await press(page, page.getByRole('link', { name: 'Next' }));
  const second = card(page, 'Read two');
  await page.getByText('Notes to begin with').click();
  expect(await second.innerText()).toContain(presets.licence);
  await press(page, page.getByRole('link', { name: 'Previous' }));
  const first = card(page, 'Read one');
  expect(await first.innerText()).toMatch(/2 submissions since .*: 2 pending\./);
  await fill(page, first.getByLabel('What you are unsure about'), 'Is it whole?');
  await press(page, first.getByRole('button', { name: 'Ask another moderator' }));
  expect(await notice(page)).toContain('Another moderator is asked');
  expect(await queueRow(page, 'Read one').innerText()).toContain('Second opinion asked');
  await openCase(page, 'Read one');
  expect(await first.innerText()).toMatch(/moderator asks for a second opinion\s+Is it whole\?/);
});
