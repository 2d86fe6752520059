import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planMove } from '#domain/move.ts';
import { presets } from '#domain/presets.ts';
import { ok, refuse } from '#domain/result.ts';
import { openDatabase } from '#sql/open.ts';
import { moveSubmission } from '#sql/queries/moves.ts';
import { endDev, type RunningDev } from '../../actions/dev/testing.ts';
import { decided } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { gistName, shown, standing, startDesk, waiting } from './desk-world.ts';
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
  await press(page, page.getByRole('button', { name: 'Approve the chosen' }));
  expect(await notice(page)).toContain('choose at least one submission');
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

/** What a recheck does when it notices an edit: the row takes the new revision, with these files. */
async function editNoticed(gistId: string, files: Record<string, string>): Promise<void> {
  const log = { info() {}, warn() {} };
  const current = (await readFile(join(dev.folder, '.data/current'), 'utf8')).trim();
  const dataDir = join(dev.folder, '.data', current.replace(/^\.data\//, ''));
  const database = await openDatabase({ databaseUrl: null, log, dataDir });
  try {
    const moved = await moveSubmission(database, gistId, (row) => {
      if (!row) return refuse('not_found');
      const rawUrl = row.files[0]?.rawUrl ?? '';
      const edited = Object.entries(files).map(([name, gitBlobSha]) => ({
        name,
        bytes: 2000,
        gitBlobSha,
        rawUrl,
      }));
      const planned = planMove('edit', row, { revision: 'e'.repeat(40), files: edited, totalBytes: 4000 });
      if (!planned.ok) return planned;
      return ok({ planned: planned.value, accountId: null, reason: null, note: null });
    });
    expect(moved.ok).toBe(true);
  } finally {
    await database.close();
  }
}

test('a changed gist is read with what changed since it was approved', async () => {
  const [gist] = await waiting(await open(), dev, 'changer', ['Changed since']);
  const page = await plain();
  await signIn(page, dev, 'moderator');
  if (!gist) throw new Error('nothing was submitted');
  const { revision } = await standing(page, dev, gist);
  await decided(page, dev, gist, { decision: 'approve', revision });
  await editNoticed(gist.id, { 'session.jsonl': 'a'.repeat(40), 'more.jsonl': 'b'.repeat(40) });
  await page.goto(`${dev.url}/moderation?waiting=changed`);
  expect(await queueRow(page, gist.title).innerText()).toContain('Changed');
  await openCase(page, gist.title);
  const shownCase = await card(page, gist.title).innerText();
  expect(shownCase).toMatch(
    /Edited\s+session\.jsonl\s+1\.\d+ kB, now 2\.00 kB\s+Added\s+more\.jsonl\s+2\.00 kB/,
  );
  expect(shownCase).toContain('This revision was not looked at yet.');
});

test('what a reader reported is read beside the session, and cleared', async () => {
  const [gist] = await waiting(await open(), dev, 'reportee', ['Reported by a reader']);
  const page = await plain();
  await signIn(page, dev, 'moderator');
  if (!gist) throw new Error('nothing was submitted');
  const { revision } = await standing(page, dev, gist);
  await decided(page, dev, gist, { decision: 'approve', revision });
  const data = { reason: 'secret', text: 'Line 12 holds a key.' };
  await page.request.post(`${dev.url}/api/submissions/${gist.id}/report`, { data });
  await page.goto(`${dev.url}/moderation?waiting=reported`);
  expect(await queueRow(page, gist.title).innerText()).toContain('Reported');
  expect(await page.getByRole('checkbox').count()).toBe(0);
  await openCase(page, gist.title);
  expect(await card(page, gist.title).innerText()).toContain('Line 12 holds a key.');
  await press(page, page.getByRole('button', { name: 'Clear what was reported' }));
  expect(await notice(page)).toContain('Cleared.');
  expect((await standing(page, dev, gist)).state).toBe('approved');
});

test('where there is no room for a case beside it, the list leads to the case, by its keys, too', async () => {
  const [gist] = await waiting(await open(), dev, 'narrow', ['Read on a phone']);
  const page = await open({ viewport: { width: 800, height: 600 } });
  await signIn(page, dev, 'moderator', '/moderation?agent=claude-code&sort=newest');
  await page.locator('[data-live]').waitFor();
  await page.keyboard.press('j');
  expect(await page.locator(':focus').innerText()).toBe('Read on a phone');
  await page.keyboard.press('a');
  await page.keyboard.press('o');
  await page.waitForURL(`${dev.url}/moderation/${gist?.id}`);
  await page.getByRole('radio', { name: 'Spam' }).check();
  expect(await page.getByLabel('Note to the contributor').inputValue()).toBe(presets.spam);
  expect((await standing(page, dev, { id: gist?.id ?? '' })).state).toBe('pending');
  // The same address shows it in place of the list there, and beside it where there is room.
  await page.goto(`${dev.url}/moderation?case=${gist?.id}`);
  expect(await page.getByRole('list').getByRole('link', { name: 'Read on a phone' }).count()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await shown(page, 'Read on a phone');
  expect(await queueRow(page, 'Read on a phone').isVisible()).toBe(true);
});
