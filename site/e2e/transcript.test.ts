import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { decided, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { longSession, treeOfPrompts } from './long-session.ts';
import { signIn } from './people.ts';
import { problems } from './problems.ts';
import { readWhole } from './screen-counts.ts';
import { claudeSession } from './sessions.ts';

const dev = inject('dev');
const open = useBrowser();
const login = 'reader-of-sessions';

const short = await writeGist(dev.gists, login, 'short', {
  title: 'A short session, with notes beside it',
  files: {
    'a-session.jsonl': claudeSession({ result: 'FAIL parser.test.ts\n1 test failed' }),
    'notes.txt': 'The second comma\nis the one.\n',
  },
});
const long = await writeGist(dev.gists, login, 'long', {
  title: 'A long session',
  files: { 'long.jsonl': longSession(3000) },
});
const tree = await writeGist(dev.gists, login, 'tree', {
  title: 'A session that goes back',
  files: { 'tree.jsonl': treeOfPrompts() },
});

beforeAll(async () => {
  const owner = await open();
  await signIn(owner, dev, login);
  const moderator = await open();
  await signIn(moderator, dev, 'moderator');
  for (const gist of [short, long, tree]) {
    await decided(moderator, dev, gist, { decision: 'approve', revision: await submitted(owner, dev, gist) });
  }
  await exportDataset(dev);
});

async function read(gist: WrittenGist, hash = ''): Promise<Page> {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`${dev.url}/sessions/${gist.id}${hash}`);
  await readWhole(page);
  if (hash === '') {
    await page.locator('.transcript').evaluate((transcript) => transcript.scrollIntoView());
    await readWhole(page);
  }
  return page;
}

const rows = (page: Page) => page.locator('.feed .row');
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('a short session', () => {
  test('is there as it was told: prompt, thinking and tool call folded, answer, other files', async () => {
    const page = await read(short);
    expect(
      await rows(page).evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.kind)),
    ).toEqual(['file', 'prompt', 'thinking', 'tool', 'answer', 'file', 'text']);
    expect(await page.locator('.transcript .status').innerText()).toBe('1 prompt, 2 answers, 1 tool call');
    expect(await rows(page).nth(1).innerText()).toContain('Why does the parser stop?');
    expect(await rows(page).nth(0).innerText()).toContain('Checked: these are the bytes git names.');
    expect(await rows(page).nth(5).innerText()).toContain('No session was recognised in it');

    const call = rows(page).nth(3);
    expect(await call.innerText()).toContain('npm test -- parser.test.ts');
    expect(await call.innerText()).not.toContain('FAIL');
    await call.locator('summary').click();
    await call.getByText('FAIL parser.test.ts').waitFor();
    const notes = rows(page).nth(6);
    await notes.locator('summary').click();
    await notes.locator('.parts').getByText('is the one.').waitFor();
  });

  test('nobody but GitHub is asked for it, and nothing of it reaches our server', async () => {
    const page = await open();
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
    await page.goto(`${dev.url}/sessions/${short.id}`);
    await readWhole(page);
    await page.getByLabel('Find in this session').fill('comma');
    await page.getByText('places in').waitFor();
    const own = asked.filter((line) => line.includes(new URL(dev.url).host));
    expect(own.filter((line) => !line.startsWith('GET '))).toEqual([]);
    expect(own.filter((line) => line.includes('comma') || line.includes('/api/'))).toEqual([]);
    expect(asked.filter((line) => line.includes('/raw/'))).toHaveLength(2);
  });

  test('is read by keys alone', async () => {
    const page = await read(short);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focusedText(page)).toContain('Why does the parser stop?');
    await page.keyboard.press('c');
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Why does the parser stop?');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focusedText(page)).toContain('Bash');
    await page.keyboard.press('o');
    await page.getByText('1 test failed').waitFor();
    await page.keyboard.press('k');
    expect(await focusedText(page)).toContain('Thinking');
    await page.keyboard.press('v');
    const raw = page.getByRole('dialog', { name: /a-session.jsonl, line 2 of 4/ });
    expect(await raw.innerText()).toContain('"thinking":"Run it first."');
    await raw.getByRole('button', { name: 'Line after' }).click();
    await page.getByRole('dialog', { name: /line 3 of 4/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await help.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await help.isVisible()).toBe(false);
  });

  test('has no trouble with everything unfolded', async () => {
    const page = await read(short);
    // All rows stay on the page, wherever a click scrolls.
    await page.setViewportSize({ width: 1280, height: 2400 });
    for (const fold of await page.locator('.feed summary').all()) await fold.click();
    expect(await problems(page)).toEqual([]);
  });
});

describe('a long session', () => {
  test('is all there, with few elements on the page at a time', async () => {
    const page = await read(long);
    expect(await page.locator('.transcript .status').innerText()).toMatch(
      /^300 prompts, 3000 answers, 3000 tool calls$/,
    );
    const counts: number[] = [];
    for (let i = 0; i < 30; i += 1) {
      await page.mouse.wheel(0, 20_000);
      await page.waitForTimeout(30);
      counts.push(await page.evaluate(() => document.querySelectorAll('*').length));
    }
    expect(Math.max(...counts)).toBeLessThan(2000);
    const last = rows(page).last();
    expect(Number(await last.getAttribute('aria-setsize'))).toBeGreaterThan(6000);
  });

  test('is found through, far from what is on the page and folded', async () => {
    const page = await read(long);
    await page.keyboard.press('/');
    await page.keyboard.type('needle 2777');
    await page.getByText('1 place in 1 row').waitFor();
    await page.keyboard.press('Enter');
    const found = page.locator('.feed pre', { hasText: 'needle 2777' });
    await found.waitFor();
    expect(await found.evaluate(isSeen)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await focusedText(page)).toContain('needle 2777');
  });

  test('opens at a deep link, also when it comes while the page is open', async () => {
    const page = await read(long, '#f1-l8991');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Question 291 '));
    expect(await page.locator('.row:focus').evaluate(isSeen)).toBe(true);
    await page.evaluate(() => {
      location.hash = '#f1-l42';
    });
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Answer 14'));
    expect(await page.locator('.row:focus').evaluate(isSeen)).toBe(true);
  });

  test('a line that no row begins at is shown as it is, beside the row it belongs to', async () => {
    const page = await read(long, '#f1-l8994');
    const raw = page.getByRole('dialog', { name: 'long.jsonl, line 8994 of 9301' });
    expect(await raw.innerText()).toContain('needle 2900');
    await page.keyboard.press('Escape');
    expect(await focusedText(page)).toContain('cat file2900.ts');
  });

  test('the table of prompts leads to each, and says where one is', async () => {
    const page = await read(long);
    const table = page.getByRole('navigation', { name: 'Prompts of this session' });
    await table.getByRole('link', { name: 'Question 7 ' }).click();
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Question 7 '));
    expect(await table.locator('[aria-current=location]').innerText()).toContain('Question 7 ');
  });
});

test('branches are told where they begin, and lead back to where they left', async () => {
  const page = await read(tree);
  const branch = page.locator('[data-kind=branch]');
  expect(await branch.innerText()).toContain('takes another way');
  await branch.getByRole('link', { name: 'an earlier message' }).click();
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('The first answer'));
  const table = page.getByRole('navigation', { name: 'Prompts of this session' });
  expect(
    await table.locator('li').evaluateAll((all) => all.map((li) => (li as HTMLElement).dataset.depth)),
  ).toEqual(['0', '0', '1']);
});

test('without JavaScript the files are named, with links to where they are', async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${dev.url}/sessions/${short.id}`);
  const session = page.getByRole('region', { name: 'The session' });
  expect(await session.innerText()).toContain('takes JavaScript');
  expect(await session.getByRole('link', { name: 'notes.txt' }).getAttribute('href')).toContain('/raw/');
});

/** Runs in the page. */
function isSeen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
