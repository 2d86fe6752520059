import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reasons } from '#domain/moderation.ts';
import { presets } from '#domain/presets.ts';
import { endDev, type RunningDev } from '../../actions/dev/testing.ts';
import { useBrowser } from './browser.ts';
import { focused, shown, standing, startDesk, waiting } from './desk-world.ts';
import type { WrittenGist } from './gists.ts';
import { queueRow, signIn } from './people.ts';
import { problems } from './problems.ts';

const open = useBrowser();
let dev: RunningDev;
beforeAll(async () => {
  dev = await startDesk();
});
afterAll(() => endDev(dev));

/** Submits sessions with these titles, and opens the desk at the first. */
async function desk(login: string, titles: readonly string[]): Promise<{ page: Page; gists: WrittenGist[] }> {
  const gists = await waiting(await open(), dev, login, titles);
  const page = await open();
  await signIn(page, dev, 'moderator', `/moderation?case=${gists[0]?.id}`);
  await shown(page, titles[0] ?? '');
  return { page, gists };
}

const keys = async (page: Page, ...pressed: string[]) => {
  for (const key of pressed) await page.keyboard.press(key);
};
const said = (page: Page) => page.locator('[data-said]').innerText();
const outcome = (page: Page, title: string) => queueRow(page, title).locator('[data-outcome]');

test('ten decisions by keyboard alone: each is held, one is undone, and the API has what was meant', async () => {
  const titles = Array.from({ length: 10 }, (_, i) => `Session ${i + 1} of ten`);
  const { page, gists } = await desk('tenfold', titles);
  const [one = '', two = '', three = '', four = '', five = '', six = '', , , , ten = ''] = titles;

  await keys(page, 'a');
  expect(await outcome(page, one).innerText()).toMatch(/^Approving, \d+ s\.\s+Undo \(z\)$/);
  expect(await said(page)).toBe(`Approving: ${one}. z undoes it.`);
  await shown(page, two);
  expect(await focused(page)).toBe(two);

  await keys(page, 'r', '3');
  expect(await page.locator(':focus').getAttribute('value')).toBe('personal_data');
  const note = page.getByLabel('Note to the contributor');
  expect(await note.inputValue()).toBe(presets.personal_data);
  await keys(page, 'Tab', 'Control+End');
  await page.keyboard.type(' It is jaz in line 3.');
  await keys(page, 'Control+Enter');
  await shown(page, three);

  await keys(page, 'x', '6', 'Control+Enter');
  await shown(page, four);
  expect(await outcome(page, three).innerText()).toContain('Removing');

  await keys(page, 'a', 'z');
  await shown(page, four);
  expect(await said(page)).toBe(`Undone, nothing was sent: ${four}.`);
  expect([await outcome(page, four).innerText(), await focused(page)]).toEqual(['', four]);
  await keys(page, 'r', '1', 'Control+Enter');

  await shown(page, five);
  await keys(page, 'e');
  await page.keyboard.type('Is this one a fork?');
  await keys(page, 'Enter');
  for (const title of titles.slice(5, 9)) {
    await shown(page, title);
    expect(await focused(page)).toBe(title);
    await keys(page, 'a');
  }
  await shown(page, ten);
  // The arrows choose, too, and a digit typed into the note stays one.
  await keys(page, 'r', 'ArrowDown', 'ArrowDown', 'Tab', 'Control+End', '7', 'Control+Enter');
  expect(await said(page)).toContain('That was the last one listed here.');
  for (const [title, words] of [
    [one, 'Approved.'],
    [two, 'Rejected.'],
    [three, 'Removed.'],
    [four, 'Rejected.'],
    [five, 'Another moderator is asked.'],
    [six, 'Approved.'],
    [ten, 'Rejected.'],
  ] as const) {
    await outcome(page, title).getByText(words, { exact: true }).waitFor();
  }

  const stand = await Promise.all(gists.map((gist) => standing(page, dev, gist)));
  const states = stand.map(({ state, reason }) => [state, reason]);
  const approved = ['approved', null];
  expect(states).toEqual([
    approved,
    ['rejected', 'personal_data'],
    ['removed', 'spam'],
    ['rejected', 'not_a_session'],
    ['pending', null],
    approved,
    approved,
    approved,
    approved,
    ['rejected', 'secret'],
  ]);
  expect(stand[1]?.note).toBe(`${presets.personal_data} It is jaz in line 3.`);
  expect(stand[9]?.note).toBe(`${presets.secret}7`);
  expect(stand[4]?.escalated).toMatchObject({ by: 'moderator', note: 'Is this one a fork?' });
  // Undone was never sent: the log knows the rejection alone.
  expect(stand[3]?.history.map(({ move }) => move)).toEqual(['submit', 'reject']);
});

test('what is held is sent when the page is left', async () => {
  const { page, gists } = await desk('leaver', ['Left behind', 'Looked at last']);
  await keys(page, 'a');
  await shown(page, 'Looked at last');
  await page.goto(`${dev.url}/log`);
  await expect.poll(async () => (await standing(page, dev, gists[0] ?? { id: '' })).state).toBe('approved');
});

test('keys go where they should: through the queue, into the case and back, and nowhere while one types', async () => {
  const titles = ['Keys one', 'Keys two', 'Keys three'] as const;
  const { page, gists } = await desk('typist', titles);
  await keys(page, 'j');
  expect(await focused(page)).toBe('Keys two');
  await shown(page, 'Keys two');
  await keys(page, 'o');
  expect(await page.locator('h2:focus').innerText()).toBe('Keys two');
  await keys(page, 'j');
  await shown(page, 'Keys three');
  await keys(page, 'Enter');
  expect(await page.locator('h2:focus').innerText()).toBe('Keys three');
  await keys(page, 'Escape');
  expect(await focused(page)).toBe('Keys three');
  expect(page.url()).toBe(`${dev.url}/moderation?case=${gists[2]?.id}`);
  await page.reload();
  await shown(page, 'Keys three');
  await keys(page, 'k');
  await shown(page, 'Keys two');

  await page.getByLabel('A gist’s address').focus();
  await page.keyboard.type('arxz?');
  expect(await page.getByLabel('A gist’s address').inputValue()).toBe('arxz?');
  await page.getByRole('link', { name: 'Keys two', exact: true }).focus();
  await keys(page, 'Control+a', 'Alt+a', 'Meta+x');
  expect(await page.locator('[data-outcome]:not(:empty)').count()).toBe(0);

  await keys(page, '?');
  const help = page.getByRole('dialog', { name: 'Keys of the desk' });
  await help.getByLabel('Keys of one letter').uncheck();
  await keys(page, 'Escape', 'a', 'j');
  expect(await page.locator('[data-outcome]:not(:empty)').count()).toBe(0);
  await page.reload();
  await shown(page, 'Keys two');
  await keys(page, 'a');
  expect(await page.locator('[data-outcome]:not(:empty)').count()).toBe(0);
  await page.getByRole('button', { name: 'Keys' }).click();
  expect(await help.getByLabel('Keys of one letter').isChecked()).toBe(false);
  await help.getByLabel('Keys of one letter').check();
  await help.getByRole('button', { name: 'Close' }).click();
  await keys(page, 'j');
  await shown(page, 'Keys three');
});

test('a note of one’s own stays whatever reason is chosen, and while one looks elsewhere', async () => {
  const { page } = await desk('noted', ['Noted one', 'Noted two']);
  const note = page.getByLabel('Note to the contributor');
  const form = page.locator('[data-decide]');
  await form.getByRole('radio', { name: reasons.spam }).check();
  expect(await note.inputValue()).toBe(presets.spam);
  await form.getByRole('radio', { name: reasons.licence }).check();
  expect(await note.inputValue()).toBe(presets.licence);
  await note.fill('Whose code is this?');
  await form.getByRole('radio', { name: reasons.other }).check();
  expect(await note.inputValue()).toBe('Whose code is this?');
  await keys(page, 'j');
  await shown(page, 'Noted two');
  expect(await note.inputValue()).toBe('');
  await keys(page, 'k');
  await shown(page, 'Noted one');
  expect(await note.inputValue()).toBe('Whose code is this?');
  expect(await form.getByRole('radio', { name: reasons.other }).isChecked()).toBe(true);
});

test('the desk has no trouble: wide and narrow, light and dark, with its help open, too', async () => {
  const { page } = await desk('troubled', ['Troubled one', 'Troubled two']);
  await keys(page, 'a');
  await shown(page, 'Troubled two');
  expect(await problems(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Keys' }).click();
  expect(await problems(page)).toEqual([]);
});
