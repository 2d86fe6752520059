import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endDev, type RunningDev } from '../../actions/dev/testing.ts';
import { decided } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { gistName, second, shown, standing, startDesk, waiting } from './desk-world.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { card, notice, openCase, press, queueRow, signIn } from './people.ts';
import { claudeSession } from './sessions.ts';

const open = useBrowser();
let dev: RunningDev;
beforeAll(async () => {
  dev = await startDesk();
});
afterAll(() => endDev(dev));

async function deskOf(login: string, gist: WrittenGist): Promise<Page> {
  const page = await open();
  await signIn(page, dev, login, `/moderation?case=${gist.id}`);
  await shown(page, gist.title);
  return page;
}

/** Submits one session with this title. */
async function one(login: string, title: string): Promise<WrittenGist> {
  const [gist] = await waiting(await open(), dev, login, [title]);
  if (!gist) throw new Error('nothing was submitted');
  return gist;
}

const outcome = (page: Page, title: string) => queueRow(page, title).locator('[data-outcome]');
/** As when one comes back to a page: it asks what is new. */
const comeBack = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

test('of two moderators each sees that the other reads, one decides, and the other is told who and what', async () => {
  const gist = await one('contested', 'Contested');
  const first = await deskOf('moderator', gist);
  await expect.poll(async () => (await standing(first, dev, gist)).readers).toEqual([]);
  const other = await deskOf(second, gist);
  await other.getByRole('article').getByText('moderator has this open now.').waitFor();
  expect(await queueRow(other, gist.title).innerText()).toContain('moderator has this open now.');
  await comeBack(first);
  await first.getByRole('article').getByText(`${second} has this open now.`).waitFor();
  await queueRow(first, gist.title).getByText(`${second} has this open now.`).waitFor();

  await other.keyboard.press('r');
  await other.keyboard.press('7');
  await other.keyboard.press('Control+Enter');
  await decided(first, dev, gist, {
    decision: 'approve',
    revision: (await standing(first, dev, gist)).revision,
  });
  await outcome(other, gist.title).getByText('Not done.').waitFor();
  const told = await outcome(other, gist.title).innerText();
  expect(told).toMatch(/moderator approved it on .* UTC/);
  expect(await other.locator('[data-said]').innerText()).toContain(told);
  expect((await standing(first, dev, gist)).history.map(({ move, by }) => [move, by])).toEqual([
    ['submit', 'contested'],
    ['approve', 'moderator'],
  ]);
});

test('a row that somebody else decides says so where it stands, with who and what', async () => {
  const gist = await one('elsewhere', 'Decided elsewhere');
  const page = await deskOf('moderator', gist);
  const other = await open();
  // A case on a page of its own counts as read, too.
  await signIn(other, dev, second, `/moderation/${gist.id}`);
  await expect.poll(async () => (await standing(page, dev, gist)).readers).toMatchObject([{ login: second }]);
  await comeBack(page);
  await queueRow(page, gist.title).getByText(`${second} has this open now.`).waitFor();
  const { revision } = await standing(page, dev, gist);
  await decided(other, dev, gist, { decision: 'reject', reason: 'spam', revision });
  await comeBack(page);
  await outcome(page, gist.title).getByText(`Rejected by ${second}`).waitFor();
  expect(await outcome(page, gist.title).innerText()).toMatch(/UTC\. Spam\./);
  await page.keyboard.press('a');
  expect(await page.locator('[data-said]').innerText()).toBe('This was decided already.');
});

test('a decision about a revision that is not the head is refused with what changed, and keeps its note', async () => {
  const gist = await one('mover', 'Moved on');
  const page = await deskOf('moderator', gist);
  const note = page.getByLabel('Note to the contributor');
  await note.fill('Read to its end.');
  const files = { 'session.jsonl': claudeSession({ prompt: 'Again' }), 'second.jsonl': claudeSession() };
  await writeGist(dev.gists, gist.login, gistName(gist.title), { title: gist.title, files });
  await queueRow(page, gist.title).getByRole('link').focus();
  await page.keyboard.press('a');
  await outcome(page, gist.title).getByText('Not done.').waitFor();
  const { state, revision } = await standing(page, dev, gist);
  const told = await outcome(page, gist.title).innerText();
  expect(told).toMatch(
    /The gist has changed since that revision.*session\.jsonl was edited.*second\.jsonl was added/s,
  );
  expect([state, told.includes(revision)]).toEqual(['pending', true]);
  await page.locator(`[data-case][data-revision="${revision}"]`).waitFor();
  expect(await note.inputValue()).toBe('Read to its end.');
});

test('a row chosen for approval is chosen no more once its gist is edited', async () => {
  const gist = await one('editor', 'Edited while chosen');
  const page = await deskOf('moderator', gist);
  const box = queueRow(page, gist.title).getByRole('checkbox');
  await box.check();
  const { revision } = await standing(page, dev, gist);
  const files = { 'session.jsonl': claudeSession({ prompt: 'Edited' }) };
  await writeGist(dev.gists, gist.login, gistName(gist.title), { title: gist.title, files });
  // By asking for it, the row takes the revision its gist has now.
  const data = { decision: 'approve', revision };
  expect((await page.request.post(`${dev.url}/api/moderation/${gist.id}`, { data })).status()).toBe(409);
  await comeBack(page);
  await queueRow(page, gist.title).getByText('Its gist was edited.').waitFor();
  expect(await box.isChecked()).toBe(false);
  expect(await box.inputValue()).toBe(`${gist.id}:${(await standing(page, dev, gist)).revision}`);
});

test('without JavaScript, who comes second reads on the case who decided what', async () => {
  const gist = await one('plain', 'Plainly contested');
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, 'moderator', '/moderation');
  await openCase(page, gist.title);
  const other = await open({ javaScriptEnabled: false });
  await signIn(other, dev, second);
  const { revision } = await standing(other, dev, gist);
  await decided(other, dev, gist, { decision: 'reject', reason: 'duplicate', revision });
  await press(page, card(page, gist.title).getByRole('button', { name: 'Approve' }));
  expect(await notice(page)).toMatch(
    new RegExp(`Not done\\. ${second} rejected it on .* UTC: Already in the index`),
  );
  expect(await card(page, gist.title).innerText()).toMatch(
    new RegExp(`Rejected by ${second}.*Already in the index`, 's'),
  );
});

test('an answer is left to another moderator than who rejected, who sees the rejection beside it', async () => {
  const gist = await one('appellant', 'Answered');
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, dev, 'moderator');
  const { revision } = await standing(page, dev, gist);
  await decided(page, dev, gist, { decision: 'reject', reason: 'low_quality', revision, note: 'Too short.' });
  const owner = await open();
  await signIn(owner, dev, gist.login);
  await owner.request.post(`${dev.url}/api/submissions/${gist.id}/appeal`, {
    data: { text: 'The search is the lesson.' },
  });

  await page.goto(`${dev.url}/moderation/${gist.id}`);
  expect(await card(page, gist.title).innerText()).toContain(
    'You rejected this, so another moderator decides',
  );
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  const other = await open({ javaScriptEnabled: false });
  await signIn(other, dev, second, `/moderation/${gist.id}`);
  expect(await card(other, gist.title).innerText()).toMatch(
    /The search is the lesson.*It was rejected by moderator.*Too short/s,
  );
  await press(other, card(other, gist.title).getByRole('button', { name: 'Approve' }));
  expect(await notice(other)).toContain('Approved.');
});
