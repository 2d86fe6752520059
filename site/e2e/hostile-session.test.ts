import type { Page } from 'playwright-core';
import { beforeAll, expect, inject, test } from 'vitest';
import { published } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { hostileFiles } from './hostile-corpus.ts';
import { readAll } from './read-all.ts';

const dev = inject('dev');
const open = useBrowser();
const files = hostileFiles();
const gists = await Promise.all(
  files.map(({ name, text }, i) =>
    writeGist(dev.gists, 'attacker', `hostile-${i}`, { title: `Hostile ${i}`, files: { [name]: text } }),
  ),
);

beforeAll(async () => {
  await published(await open(), await open(), dev, gists);
});

/** What a page says of itself besides what is on it: errors, warnings, and boxes it opens. */
function watched(page: Page): string[] {
  const troubles: string[] = [];
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on('popup', (popup) => troubles.push(`popup: ${popup.url()}`));
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) troubles.push(`frame: ${frame.url()}`);
  });
  return troubles;
}

async function openSession(page: Page, name: string): Promise<void> {
  const at = files.findIndex((file) => file.name === name);
  await page.goto(`${dev.url}/sessions/${gists[at]?.id}`);
  await page.getByText('Checked: these are the bytes git names.').waitFor({ timeout: 60_000 });
}

test.each(files.map(({ name, marks }) => ({ name, marks })))(
  'all of $name is read, and all of it is text',
  async ({ name, marks }) => {
    const page = await open();
    const troubles = watched(page);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 2400 });
      if (width === 1280) await openSession(page, name);
      const { flaws, shown } = await page.evaluate(readAll);
      expect(flaws, `${width} px`).toEqual([]);
      expect(
        marks.filter((mark) => !shown.includes(mark)),
        `${width} px`,
      ).toEqual([]);
    }
    expect(troubles).toEqual([]);
    expect(await page.evaluate(() => [Reflect.get(window, 'pwned'), Reflect.get({}, 'polluted')])).toEqual([
      undefined,
      undefined,
    ]);
  },
  180_000,
);

/** Whether one of the marked places is in sight. Runs in the page. */
function isFoundSeen(): boolean {
  return [...(CSS.highlights.get('found') ?? [])].some((place) => {
    if (!(place instanceof Range)) return false;
    const { top, bottom } = place.getBoundingClientRect();
    const box = place.startContainer.parentElement?.closest('pre')?.getBoundingClientRect();
    return top >= Math.max(0, box?.top ?? 0) && bottom <= Math.min(innerHeight, box?.bottom ?? innerHeight);
  });
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('.feed [data-key]')?.dataset.key ?? null);

test.each(files.map(({ name, marks }) => ({ name, marks })))(
  'in $name one still moves by keys, finds words and sees the raw line',
  async ({ name, marks }) => {
    const page = await open();
    const troubles = watched(page);
    await openSession(page, name);
    const walked: (string | null)[] = [];
    for (const key of ['j', 'j', 'k']) {
      await page.keyboard.press(key);
      walked.push(await focused(page));
    }
    expect(walked).toEqual([expect.any(String), expect.any(String), walked[0]]);
    expect(walked[1]).not.toBe(walked[0]);

    await page.keyboard.press('j');
    await page.keyboard.press('v');
    const dialog = page.locator('dialog.raw');
    await dialog.locator('h2', { hasText: /, line \S+ of \S+$/ }).waitFor();
    expect(
      await dialog.locator('h2 *, pre *').evaluateAll((all) => all.map(({ localName }) => localName)),
    ).toEqual(['bdi']);
    for (let i = 0; i < 3; i += 1) await dialog.getByRole('button', { name: 'Line after' }).click();
    // At once: what was asked for before must not open it again.
    await page.keyboard.press('Escape');

    // The last of them, which was far below what is on the page.
    const mark = marks.at(-1) ?? '';
    await page.keyboard.press('/');
    await page.keyboard.type(mark);
    await page.keyboard.press('Enter');
    await page.locator('.feed [data-key]', { hasText: mark }).first().waitFor();
    await expect.poll(() => page.evaluate(isFoundSeen), { timeout: 15_000 }).toBe(true);
    for (const words of ['<script>', '\\', '(.*)+$', '[', '__proto__', '\u202e']) {
      await page.getByRole('searchbox').fill(words);
      await page.getByRole('searchbox').press('Enter');
      await page.locator('output', { hasText: /in \d+ rows?|Not found/ }).waitFor();
    }
    for (const hash of [
      '#f1-l2',
      '#f1-l999999999',
      '#row-0',
      '#__proto__',
      '#f999-l1',
      '#f1-l0',
      '#%3Cscript%3E',
    ])
      await page.evaluate((to) => location.assign(to), hash);
    expect(troubles).toEqual([]);
  },
  60_000,
);
