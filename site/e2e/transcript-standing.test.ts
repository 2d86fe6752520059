import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, inject, test } from 'vitest';
import { published } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { errorsOf } from './problems.ts';
import { claudeSession } from './sessions.ts';

const dev = inject('dev');
const openWindow = useBrowser();
/** Tall enough for all rows of a short session. */
const open = () => openWindow({ viewport: { width: 1280, height: 2400 } });
const login = 'taken-back';
const write = (name: string, prompt?: string) =>
  writeGist(dev.gists, login, name, {
    title: `Taken back: ${name}`,
    files: { 'session.jsonl': claudeSession(prompt === undefined ? {} : { prompt }) },
  });

const gists = {
  plain: await write('plain', 'Trustworthy prompt'),
  deleted: await write('deleted'),
  secret: await write('secret'),
  edited: await write('edited'),
};
beforeAll(async () => {
  await published(await open(), await open(), dev, Object.values(gists));
});

const ofApi = (gist: keyof typeof gists) => (url: URL) => url.pathname === `/gists/${gists[gist].id}`;
const cors = { 'access-control-allow-origin': '*' };
const checked = (transcript: Locator) => transcript.getByText('Checked: these are the bytes git names.');

async function openSession(gist: keyof typeof gists, page: Page): Promise<Locator> {
  await page.goto(`${dev.url}/sessions/${gists[gist].id}`);
  return page.locator('[data-transcript]');
}

test('deleted: it says so, and nothing of it is shown', async () => {
  await rm(join(dev.gists, login, 'deleted'), { recursive: true });
  const page = await open();
  const transcript = await openSession('deleted', page);
  await transcript.getByText('The gist was deleted.').waitFor();
  expect(await transcript.locator('.standing').innerText()).toBe(
    'The gist was deleted. Its owner took it back, so it is not shown. The next check takes it out of the index.',
  );
  await expect.poll(() => transcript.locator('.feed > *').count()).toBe(0);
  expect(await transcript.locator('.columns, .bar').filter({ visible: true }).count()).toBe(0);
});

test('taken back while it is read: what was shown is taken away, the line that was open too', async () => {
  const page = await open();
  const errors = errorsOf(page);
  const told = Promise.withResolvers<void>();
  await page.route(ofApi('plain'), async (route) => {
    await told.promise;
    await route.fulfill({ status: 404, headers: cors, json: { message: 'Not Found' } });
  });
  const transcript = await openSession('plain', page);
  await checked(transcript).waitFor();
  await transcript.getByRole('button', { name: 'Raw line' }).first().click();
  await page.locator('dialog.raw').getByText('Trustworthy').waitFor();
  told.resolve();
  await transcript.getByText('The gist was deleted.').waitFor();
  await expect.poll(() => transcript.innerHTML()).not.toContain('Trustworthy');
  // Nothing is left to move in, and no key asks for it.
  await page.keyboard.press('j');
  await page.keyboard.press('v');
  expect(errors()).toEqual([]);
});

test('secret: it says so, and it is not shown', async () => {
  await writeGist(dev.gists, login, 'secret', { title: 'Taken back: secret', public: false });
  const page = await open();
  const transcript = await openSession('secret', page);
  await transcript.getByText('The gist is not public any more.').waitFor();
  expect(await transcript.locator('.standing').innerText()).toContain('So it is not shown.');
  await expect.poll(() => transcript.innerHTML()).not.toContain('Why does the parser stop?');
});

test('edited: it says so, and shows the revision that was approved', async () => {
  await writeGist(dev.gists, login, 'edited', {
    title: 'Taken back: edited',
    files: { 'session.jsonl': claudeSession({ prompt: 'What nobody approved' }) },
  });
  const page = await open();
  const transcript = await openSession('edited', page);
  await transcript.getByText('The gist was edited since.').waitFor();
  expect(await transcript.locator('.standing').innerText()).toContain(
    'Below is the revision this page is about, byte for byte.',
  );
  await checked(transcript).waitFor();
  await transcript.getByText('Why does the parser stop?').first().waitFor();
  expect(await transcript.innerText()).not.toContain('What nobody approved');
});

test('not told: an outage of GitHub’s answers takes nothing away', async () => {
  for (const status of [403, 429, 500]) {
    const page = await open();
    await page.route(ofApi('plain'), (route) => route.fulfill({ status, headers: cors, body: 'no' }));
    const answered = page.waitForResponse((response) => ofApi('plain')(new URL(response.url())));
    const transcript = await openSession('plain', page);
    await (await answered).finished();
    await checked(transcript).waitFor();
    expect(await transcript.locator('.standing').isVisible()).toBe(false);
  }
});
