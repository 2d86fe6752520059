import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { leaveUnattested } from '#sql/testing-unattested.ts';
import { useBrowser } from './browser.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { card, confirm, notice, openCase, press, queueRow, signIn } from './people.ts';
import { problemsAt } from './problems.ts';
import { databaseBehind } from './production.ts';

const dev = inject('dev');
const open = useBrowser();

/** Has the earlier site leave gists of whoever is signed in on `page`. */
async function leave(page: Page, left: readonly (WrittenGist & { state?: 'rejected' })[]): Promise<void> {
  const { id, login } = await (await page.request.get(`${dev.url}/api/me`)).json();
  const database = await databaseBehind(dev);
  for (const { id: gistId, title, state = 'approved' } of left) {
    await leaveUnattested(database, { gistId, owner: { id: String(id), login }, title, state });
  }
  await database.close();
}

test('what the earlier site left is confirmed by its owner, and only then in the moderators’ queue', async () => {
  const login = 'returner';
  const gist = await writeGist(dev.gists, login, 'left', { title: 'A session from before' });
  const turnedDown = await writeGist(dev.gists, login, 'turned-down', { title: 'Turned down before' });
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, login);
  await leave(page, [gist, { ...turnedDown, state: 'rejected' }]);

  const moderator = await open({ javaScriptEnabled: false });
  await signIn(moderator, dev, 'moderator', '/moderation');
  expect(await queueRow(moderator, gist.title).count()).toBe(0);
  await press(moderator, moderator.getByRole('link', { name: /^Unconfirmed/ }));
  expect(await moderator.getByRole('main').innerText()).toContain('None can be approved before.');
  await openCase(moderator, gist.title);
  const found = card(moderator, gist.title);
  expect(await found.innerText()).toMatch(/no licence chosen yet.*Taken over from the earlier site\./s);
  expect(await found.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  expect(await found.getByRole('button', { name: 'Remove' }).count()).toBe(1);

  await page.reload();
  expect(await card(page, gist.title).innerText()).toMatch(
    /Not listed, and not read here.*none yet.*not read here yet/s,
  );
  expect(await card(page, turnedDown.title).innerText()).toContain('Rejected on the earlier site.');
  const list = page.getByRole('region', { name: 'From the earlier site: confirm' });
  expect(await list.getByRole('link').allInnerTexts()).toEqual([gist.title]);
  await press(page, list.getByRole('link', { name: gist.title }));
  expect(page.url()).toBe(`${dev.url}/submit?gist=${gist.id}`);
  await confirm(page, { license: 'MIT', attested: true });
  expect(await notice(page)).toContain('Submitted.');
  expect(await card(page, gist.title).innerText()).toMatch(/Pending.*Claude Code 2\.1\.7.*MIT/s);
  expect(await list.count()).toBe(0);

  await moderator.goto(`${dev.url}/moderation`);
  expect(await queueRow(moderator, gist.title).count()).toBe(1);
});

test('its lists have no trouble in the light, in the dark, on a wide screen and on phones', async () => {
  const login = 'returning';
  const gist = await writeGist(dev.gists, login, 'left', { title: 'Another session from before' });
  const page = await open();
  await signIn(page, dev, login);
  await leave(page, [gist]);
  expect(await problemsAt(page, `${dev.url}/mine`)).toEqual([]);
  expect(await problemsAt(page, `${dev.url}/submit?gist=${gist.id}`)).toEqual([]);
  const moderator = await open();
  await signIn(moderator, dev, 'moderator', '/moderation');
  expect(await problemsAt(moderator, `${dev.url}/moderation?waiting=unattested&case=${gist.id}`)).toEqual([]);
});
