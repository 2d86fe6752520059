import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, inject, test } from 'vitest';
import { published } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { stopAt, stopProblems, stopsToTheEnd } from './keyboard-stops.ts';
import { press, tick, unfold } from './people.ts';

const dev = inject('dev');
const open = useBrowser();
const gist = await writeGist(dev.gists, 'typist', 'walked', { title: 'A session reached by keys' });

beforeAll(async () => {
  await published(await open(), await open(), dev, [gist]);
});

/** Passes every control of the page by Tab, each seen, in the order they stand in, out at the end and back in. */
async function passThrough(page: Page): Promise<void> {
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops = await stopsToTheEnd(page);
  expect(stops[0]?.name).toBe('Skip to the content');
  expect(stopProblems(stops)).toEqual([]);
  await page.keyboard.press('Shift+Tab');
  expect([-1, stops.at(-1)?.place]).toContain((await stopAt(page)).place);
}

/** Past the header by the link that is there for it: the next stop is the first within the page's content. */
async function skipHeader(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  expect(await stopAt(page)).toMatchObject({ name: 'Skip to the content', unseen: null });
  await page.keyboard.press('Enter');
  await page.waitForURL(/#content$/);
  const content = page.getByRole('main');
  expect(await content.evaluate((main) => main === document.activeElement)).toBe(true);
  await page.keyboard.press('Tab');
  expect(await content.evaluate((main) => main.contains(document.activeElement))).toBe(true);
}

/** By the header's links, which every page begins with. */
async function goTo(page: Page, name: string): Promise<void> {
  await press(page, page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name, exact: true }));
}

/** Ticks a box that narrows the list of sessions, where there are any. */
async function narrow(page: Page): Promise<void> {
  const form = page.getByRole('main').locator('form');
  if ((await form.count()) === 0) return;
  await form.first().waitFor();
  const box = form.getByRole('checkbox', { name: 'Claude Code' }).first();
  if (!(await box.isVisible())) await unfold(page, form.first(), 'Narrow down');
  await tick(page, box);
  expect(await stopAt(page)).toMatchObject({ unseen: null });
  await page.waitForURL(/[?&]agent=claude-code/);
}

async function inView(element: Locator): Promise<boolean> {
  return await element.evaluate((shown) => {
    const { top, bottom } = shown.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
}

/** A screen further, and until what is scrolled has come to rest. */
async function screenDown(page: Page): Promise<void> {
  const rested = page.evaluate(
    () => new Promise((resolve) => addEventListener('scrollend', resolve, { once: true })),
  );
  await page.keyboard.press('PageDown');
  await rested;
}

async function heading(page: Page): Promise<string> {
  return await page.getByRole('heading', { level: 1 }).innerText();
}

test('somebody with a keyboard gets from the home page to a session and to a recipe, and sees where they are at every step', async () => {
  const page = await open();
  await page.goto(dev.url);
  await skipHeader(page);
  await goTo(page, 'Sessions');
  expect(await heading(page)).toBe('Sessions');
  await narrow(page);
  await press(page, page.getByRole('main').getByRole('link', { name: gist.title, exact: true }));
  expect(await heading(page)).toBe(gist.title);
  await goTo(page, 'Dataset');
  expect(await heading(page)).toMatch(/dataset/i);
  const recipes = page.getByRole('main').getByRole('link', { name: 'Recipes', exact: true });
  if ((await recipes.count()) > 0) await press(page, recipes.first());
  const recipe = page.getByRole('main').locator('figure pre').first();
  for (let screens = 0; screens < 30 && !(await inView(recipe)); screens += 1) await screenDown(page);
  expect(await inView(recipe)).toBe(true);
});

test.each(['/', '/sessions', `/sessions/${gist.id}`, '/dataset', '/contribute', '/log', '/sign-in'])(
  'at %s every control is passed by Tab, seen, in order, and none holds the keyboard',
  async (path) => {
    const page = await open();
    await page.goto(dev.url + path);
    await passThrough(page);
  },
);
