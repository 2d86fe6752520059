import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { published } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { errorsOf } from './problems.ts';
import { rawFiles, rawHost } from './raw-host.ts';
import { claudeSession } from './sessions.ts';

const dev = inject('dev');
const openWindow = useBrowser();
/** Tall enough for all rows of a short session. */
const open = () => openWindow({ viewport: { width: 1280, height: 2400 } });
const login = 'unlucky';
const write = (name: string, files?: Record<string, string>) =>
  writeGist(dev.gists, login, name, { title: `Unlucky: ${name}`, ...(files && { files }) });

/** Long enough that its first rows are there before its last byte is. */
const long = Array.from({ length: 300 }, (_, i) => claudeSession({ prompt: `Trustworthy prompt ${i}` })).join(
  '',
);
const gists = {
  plain: await write('plain', { 'session.jsonl': long }),
  several: await write('several', {
    'a.jsonl': claudeSession({ prompt: 'In the first file' }),
    'b.jsonl': claudeSession({ prompt: 'In the second file' }),
    'c.jsonl': claudeSession({ prompt: 'In the third file' }),
  }),
  odd: await write('odd', {
    'a.jsonl': claudeSession(),
    'binary.bin': '\0\u0001\u0002'.repeat(1000),
    'empty.txt': '',
    'notes.txt': 'Notes of no format\n<script>alert(1)</script>\nand their last line\n',
  }),
};
const revisions = new Map<string, string>();

beforeAll(async () => {
  const all = Object.values(gists);
  const found = await published(await open(), await open(), dev, all);
  for (const [i, { id }] of all.entries()) revisions.set(id, found[i] ?? '');
});

const cors = { 'access-control-allow-origin': '*' };

async function openSession(gist: keyof typeof gists, page: Page): Promise<Locator> {
  await page.goto(`${dev.url}/sessions/${gists[gist].id}`);
  return page.locator('[data-transcript]');
}
const trouble = (transcript: Locator) => transcript.locator('.trouble');
const again = (transcript: Locator) => transcript.getByRole('button', { name: 'Try again' });
const checked = (transcript: Locator) => transcript.getByText('Checked: these are the bytes git names.');

/** What is said of a file, once it is, and where its link leads. */
async function said(transcript: Locator, gist: keyof typeof gists): Promise<string> {
  await trouble(transcript).first().waitFor();
  const link = trouble(transcript).first().getByRole('link', { name: 'Read it at GitHub' });
  expect(await link.getAttribute('href')).toBe(`${gists[gist].url}/${revisions.get(gists[gist].id)}`);
  return await trouble(transcript).first().locator('p').first().innerText();
}

/** Asserts that one press of a button reads what could not be read. */
async function readAgain(page: Page, transcript: Locator, words = 'Trustworthy prompt 0'): Promise<void> {
  // Not by taking the route away: a worker that starts just then may never get its answer.
  await page.route(rawFiles, (route) => route.continue());
  await again(transcript).first().click();
  await transcript.getByText(words, { exact: true }).first().waitFor();
  await checked(transcript).first().waitFor();
  expect(await trouble(transcript).count()).toBe(0);
}

describe('GitHub answers', () => {
  test.each([
    [
      404,
      {},
      'GitHub does not have this file any more. Its owner may have deleted the gist. If so, the next check takes it out of the index.',
    ],
    [
      410,
      {},
      'GitHub does not have this file any more. Its owner may have deleted the gist. If so, the next check takes it out of the index.',
    ],
    [
      429,
      {},
      'GitHub has had too many requests from your network. Try again in a minute, or read it at GitHub.',
    ],
    [
      429,
      { 'retry-after': '7' },
      'GitHub has had too many requests from your network. Try again in 7 seconds, or read it at GitHub.',
    ],
    [
      429,
      { 'retry-after': '1' },
      'GitHub has had too many requests from your network. Try again in 1 second, or read it at GitHub.',
    ],
    [
      429,
      { 'retry-after': 'soon' },
      'GitHub has had too many requests from your network. Try again in a minute, or read it at GitHub.',
    ],
    [403, {}, 'GitHub answered with an error (403). Try again, or look whether GitHub’s own page opens.'],
    [500, {}, 'GitHub answered with an error (500). Try again, or look whether GitHub’s own page opens.'],
  ])('%i %o: it says so, and reads it once GitHub is back', async (status, headers, sentence) => {
    const page = await open();
    const exposed = { ...cors, 'access-control-expose-headers': 'Retry-After', ...headers };
    await page.route(rawFiles, (route) =>
      route.fulfill({ status, headers: exposed, body: '<script>alert(1)</script>' }),
    );
    const transcript = await openSession('plain', page);
    expect(await said(transcript, 'plain')).toBe(sentence);
    expect(await transcript.getByRole('status').first().innerText()).toBe('1 file could not be read');
    await readAgain(page, transcript);
  });

  test('451: it says so, and does not offer to ask again', async () => {
    const page = await open();
    await page.route(rawFiles, (route) => route.fulfill({ status: 451, headers: cors, body: 'blocked' }));
    const transcript = await openSession('plain', page);
    expect(await said(transcript, 'plain')).toBe(
      'GitHub withholds this file for legal reasons. Nothing of it can be read here. The gist’s page at GitHub may say more.',
    );
    expect(await again(transcript).count()).toBe(0);
  });

  test('nothing at all: it says so, and reads it once GitHub is back', async () => {
    const page = await open();
    await page.route(rawFiles, (route) => route.abort('connectionrefused'));
    const transcript = await openSession('plain', page);
    expect(await said(transcript, 'plain')).toBe(
      'GitHub could not be reached. Try again, or look whether GitHub’s own page opens.',
    );
    const prompts = () =>
      transcript.locator('.outline ol').evaluate((list) => getComputedStyle(list, '::before').content);
    expect(await prompts()).toBe('"None in what could be read"');
    await readAgain(page, transcript);
    await expect.poll(prompts).toBe('none');
  });
});

test('offline: it says so, and goes on by itself', async () => {
  const page = await open();
  await page.route(rawFiles, async (route) => {
    await page.context().setOffline(true);
    await route.abort('internetdisconnected');
  });
  const transcript = await openSession('several', page);
  expect(await said(transcript, 'several')).toBe(
    'You are offline. It goes on by itself when the network is back.',
  );
  expect(await trouble(transcript).count()).toBe(3);
  await page.unroute(rawFiles);
  await page.context().setOffline(false);
  for (const words of ['first', 'second', 'third'])
    await transcript.getByText(`In the ${words} file`).last().waitFor();
  await expect.poll(() => checked(transcript).count()).toBe(3);
  expect(await trouble(transcript).count()).toBe(0);
});

describe('what comes', () => {
  const half = long.slice(0, long.length / 2);

  test('breaks off: what was shown of it goes, and it is read once it comes whole', async () => {
    const page = await open();
    const seen = Promise.withResolvers<void>();
    await rawHost(page, async (_, response) => {
      response.writeHead(200, { 'content-length': long.length }).write(half);
      await seen.promise;
      response.destroy();
    });
    const transcript = await openSession('plain', page);
    await transcript.locator('.feed').getByText('Trustworthy prompt 0', { exact: true }).waitFor();
    seen.resolve();
    expect(await said(transcript, 'plain')).toBe(
      'The transfer broke off before the end of the file. So nothing of it is shown. Try again, or read it at GitHub.',
    );
    await expect.poll(() => transcript.innerHTML()).not.toContain('Trustworthy');
    await readAgain(page, transcript);
  });

  const bytes =
    'What came is not the file that was submitted: its hash is another. So nothing of it is shown. Try again; if it stays so, please report it.';
  test.each([
    ['other bytes of the same length', long.replaceAll('Trustworthy', 'Treacherous')],
    ['more bytes', `${long}${claudeSession({ prompt: 'Treacherous prompt 0' })}`],
    ['fewer bytes', half.replaceAll('Trustworthy', 'Treacherous')],
    ['nothing', ''],
  ])('is %s: nothing of it stays, in what is found neither', async (_, body) => {
    const page = await open();
    const seen = Promise.withResolvers<void>();
    await rawHost(page, async (__, response) => {
      response.writeHead(200).write(body.slice(0, -1));
      await seen.promise;
      response.end(body.slice(-1));
    });
    const transcript = await openSession('plain', page);
    const isShown = body !== '' && body.length <= long.length;
    if (isShown) {
      await transcript.locator('.feed').getByText('Treacherous prompt 0', { exact: true }).waitFor();
      await transcript.getByRole('searchbox').fill('prompt 0');
      await transcript.locator('output').getByText(/place/).waitFor();
    }
    seen.resolve();
    expect(await said(transcript, 'plain')).toBe(bytes);
    await expect.poll(() => transcript.innerHTML()).not.toMatch(/Treacherous|Trustworthy/);
    if (isShown) await transcript.locator('output').getByText('Not found').waitFor();
    await readAgain(page, transcript);
  });

  test('is a way to elsewhere: it is not gone', async () => {
    const page = await open();
    const asked: string[] = [];
    await rawHost(page, (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const transcript = await openSession('plain', page);
    expect(await said(transcript, 'plain')).toBe(
      'GitHub named another address for this file. Only the one that was submitted is read, so nothing of it is shown. Try again, or read it at GitHub.',
    );
    expect(asked).toEqual(['/raw']);
    await readAgain(page, transcript);
  });

  test('never ends: it is stopped and says so', async () => {
    const page = await open();
    await page.clock.install();
    await rawHost(page, (_, response) => {
      response.writeHead(200).write(half);
    });
    const transcript = await openSession('plain', page);
    await transcript.locator('.feed').getByText('Trustworthy prompt 0', { exact: true }).waitFor();
    await page.clock.fastForward(60_000);
    expect(await said(transcript, 'plain')).toBe(
      'It took too long, and reading was stopped. Try again, or read it at GitHub.',
    );
    await expect.poll(() => transcript.innerHTML()).not.toContain('Trustworthy');
    await readAgain(page, transcript);
  });
});

test('a reader that fails is said to be our fault', async () => {
  const page = await open();
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      constructor() {
        super('/nothing-is-here.js', { type: 'module' });
      }
    };
  });
  const transcript = await openSession('plain', page);
  expect(await said(transcript, 'plain')).toBe(
    'This file made our reader fail. That is a fault of ours. It can be read at GitHub; please report it.',
  );
});

describe('a gist of several files', () => {
  const second = '**/raw/**/b.jsonl';

  test('where one fails: the others are read, and that one alone is asked for again', async () => {
    const page = await open();
    await page.route(second, (route) => route.fulfill({ status: 500, headers: cors }));
    const transcript = await openSession('several', page);
    expect(await said(transcript, 'several')).toContain('GitHub answered with an error (500).');
    await expect.poll(() => checked(transcript).count()).toBe(2);
    await page.unroute(second);
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/raw/') && asked.push(request.url()));
    await again(transcript).click();
    await expect.poll(() => checked(transcript).count()).toBe(3);
    await transcript.locator('.feed').getByText('In the second file').waitFor();
    expect(asked.map((url) => url.split('/').at(-1))).toEqual(['b.jsonl']);
  });

  test('too many requests for one: the next are not asked for, and one press reads them all', async () => {
    const page = await open();
    let asked = 0;
    await page.route(rawFiles, (route) => {
      asked += 1;
      return route.fulfill({ status: 429, headers: cors });
    });
    const transcript = await openSession('several', page);
    await expect.poll(() => trouble(transcript).count()).toBe(3);
    expect(asked).toBe(1);
    await page.unroute(rawFiles);
    await again(transcript).first().click();
    await expect.poll(() => checked(transcript).count()).toBe(3);
  });
});

test('a file of no format is text that can be read and found; an empty one and one that is no text say so', async () => {
  const page = await open();
  const errors = errorsOf(page);
  const transcript = await openSession('odd', page);
  await expect.poll(() => checked(transcript).count()).toBe(4);
  const file = (name: string) => transcript.getByRole('article', { name });
  expect(await file('binary.bin').innerText()).toContain('The file is not text.');
  expect(await file('empty.txt').innerText()).toContain('The file is empty.');
  expect(await file('notes.txt').innerText()).toContain('No session was recognised in it · 3 lines');
  await transcript.getByRole('searchbox').fill('THEIR LAST LINE');
  await transcript.getByRole('searchbox').press('Enter');
  await transcript.locator('output').getByText('Row 1 of 1. 1 place in 1 row').waitFor();
  const text = transcript.locator('[data-kind=text] pre');
  expect(await text.innerText()).toBe('Notes of no format\n<script>alert(1)</script>\nand their last line');
  expect(errors()).toEqual([]);
});

test('what a page holds files to is the hash git gives them', async () => {
  const page = await open();
  const transcript = await openSession('plain', page);
  const sha = await transcript.locator('.sources [data-sha]').getAttribute('data-sha');
  const file = await readFile(join(dev.gists, login, 'plain', 'session.jsonl'));
  expect(sha).toBe(createHash('sha1').update(`blob ${file.length}\0`).update(file).digest('hex'));
});
