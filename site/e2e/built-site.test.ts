import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { freshDatabase } from '#sql/testing.ts';
import { exportDataset } from '../../actions/dev/testing.ts';
import { freePort, type RunningProgram, runProgram, startProgram } from '../../actions/testing.ts';
import { decided, publishedLines, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { fill, notice, press, signIn } from './people.ts';
import { problemsAt } from './problems.ts';
import { sessionCookie } from './session-cookie.ts';

const dev = inject('dev');
const open = useBrowser();
const secret = 'of the tests, and long enough to be one';
const gist = await writeGist(dev.gists, 'builder', 'built', { title: 'A session of the built site' });

let settings: Record<string, string>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let site: RunningProgram;
let address: string;

beforeAll(async () => {
  const owner = await open();
  await signIn(owner, dev, gist.login);
  const moderator = await open();
  await signIn(moderator, dev, 'moderator');
  await decided(moderator, dev, gist, { decision: 'approve', revision: await submitted(owner, dev, gist) });
  await exportDataset(dev);

  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const published = { SITE_URL: address, DATASET_OUTPUT_DIR: join(dev.folder, '.dataset') };
  await runProgram('build', [], { cwd: dev.folder, env: published });
  database = await freshDatabase();
  settings = {
    ...published,
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_URL: database.url,
    SESSION_SECRET: secret,
    GITHUB_CLIENT_ID: 'tests',
    GITHUB_CLIENT_SECRET: 'of the tests',
    MODERATOR_GITHUB_IDS: '1',
  };
  site = await startProgram('start', ['--port', port, '--drain', '0'], {
    cwd: dev.folder,
    env: settings,
    ready: /Serving (http:\S+) on/,
  });
});
afterAll(async () => {
  await site?.stop();
  await database?.close();
});

// Pages that read a session run a script: see built-session.test.ts.
test.each(['/', '/submit', '/dataset/statistics', `/am-i-in-it?login=${gist.login}&gist=${gist.id}`])(
  'in production %s has no trouble, with the policy that lets no script and no foreign file in',
  async (path) => {
    const page = await open();
    expect(await problemsAt(page, address + path)).toEqual([]);
    expect(await page.locator('script, [style], style').count()).toBe(0);
    expect(await page.locator('link[rel=stylesheet]').count()).toBeGreaterThan(0);
  },
);

test.each([
  ['/', 200],
  ['/sessions', 200],
  [`/sessions/${gist.id}`, 200],
  ['/dataset', 200],
  ['/am-i-in-it', 200],
  [`/am-i-in-it?login=${gist.login}&gist=${gist.id}`, 200],
  ['/am-i-in-it?login=-', 400],
  ['/sessions/page/1000', 404],
  ['/contributors/1', 404],
  ['/dataset/snapshots', 200],
  ['/dataset/snapshots.ndjson', 200],
  ['/dataset/recipes/download.sh', 200],
  ['/log', 200],
  ['/submit', 200],
  ['/urls.txt', 200],
  ['/api/health', 200],
  ['/mine', 401],
  ['/nowhere', 404],
  ['/sessions/0123456789abcdef0123456789abcdef', 404],
])('in production %s answers %i with all security headers', async (path, status) => {
  const page = await open();
  const answer = await page.request.get(address + path);
  expect(answer.status()).toBe(status);
  expect(answer.headers()).toMatchObject({
    'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'self'; img-src 'self'/),
    ...everywhere,
    'cross-origin-resource-policy': 'same-origin',
  });
});

/** What every answer of the site has, whatever it is. */
const everywhere = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('camera=()'),
  'referrer-policy': 'same-origin',
  'strict-transport-security': expect.stringMatching(/^max-age=63072000; includeSubDomains/),
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
};

test.each([
  ['a feed', 'GET', '/feed.xml', 200],
  ['a session in Markdown', 'GET', `/sessions/${gist.id}.md`, 200],
  ['a session’s row', 'GET', `/api/v1/sessions/${gist.id}.json`, 200],
  ['a session’s picture', 'GET', `/sessions/${gist.id}/card.png`, 200],
  ['a published file', 'GET', '/dataset/latest/manifest.json', 200],
  ['a published file that is not there', 'GET', '/dataset/latest/nothing', 404],
  ['a schema', 'GET', '/schema/openagentsessions.json', 200],
  ['the head of a page', 'HEAD', '/sessions', 200],
  ['an endpoint that wants a member', 'GET', '/api/me', 401],
  ['an endpoint that wants a moderator', 'GET', '/api/moderation/queue', 401],
  ['an endpoint that is not there', 'GET', '/api/nothing', 404],
  ['an endpoint with another method', 'DELETE', '/api/me', 405],
  ['a page with another method', 'POST', '/', 405],
  ['an address that is not one', 'GET', '/%', 400],
  ['a post that brings nothing', 'POST', '/api/submissions', 401],
  ['the way to GitHub', 'GET', '/api/auth/signin', 303],
  ['the way back from GitHub', 'GET', '/api/auth/callback/github', 303],
  ['a page by its old address', 'GET', '/sessions/', 301],
])('in production %s has all security headers', async (_, method, path, status) => {
  const page = await open();
  const answer = await page.request.fetch(address + path, { method, maxRedirects: 0 });
  expect(answer.status()).toBe(status);
  expect(answer.headers()).toMatchObject({
    'content-security-policy': expect.stringMatching(/^default-src 'none';.* frame-ancestors 'none';/),
    'cross-origin-resource-policy': expect.stringMatching(/^(?:same-origin|cross-origin)$/),
    ...everywhere,
  });
});

test('in production a problem names its request, as the answer and the log do', async () => {
  const id = randomUUID();
  const headers = { 'x-request-id': id, 'x-forwarded-for': '198.51.100.7' };
  const answer = await fetch(`${address}/api/me`, { headers });
  expect(answer.headers.get('x-request-id')).toBe(id);
  expect(await answer.json()).toMatchObject({ code: 'not_signed_in', request_id: id });
  await expect
    .poll(() => linesOf(id))
    .toMatchObject([
      {
        msg: 'refused',
        code: 'not_signed_in',
        route: '/api/me',
        client: expect.stringMatching(/^[\w-]{22}$/),
      },
      { msg: 'answered', method: 'GET', route: '/api/me', status: 401 },
    ]);
  expect(site.printed()).not.toContain('198.51.100.7');
});

/** What the site has logged of a request. */
const linesOf = (id: string): unknown[] =>
  site
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}') && line.includes(id))
    .map((line) => JSON.parse(line));

test('in production an address that asks too often is told so, and another is not', async () => {
  const ask = (client: string) =>
    fetch(`${address}/api/submissions`, { method: 'POST', headers: { 'x-forwarded-for': client } });
  const statuses: number[] = [];
  for (let i = 0; i < 61; i++) statuses.push((await ask('198.51.100.8')).status);
  expect([statuses.at(0), statuses.at(59), statuses.at(60)]).toEqual([401, 401, 429]);
  const refused = await ask('198.51.100.8');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit')).toMatch(/^"anonymous_writes";r=0;t=\d+$/);
  expect((await ask('198.51.100.9')).status).toBe(401);
});

test('in production a process that is told to end answers for a while yet, and ends well', async () => {
  const port = await freePort();
  const other = await startProgram('start', ['--port', port, '--drain', '3'], {
    cwd: dev.folder,
    env: settings,
    ready: /on (http:\S+)\/\n/,
  });
  const ask = () => fetch(`${other.address}/api/log`);
  expect((await ask()).headers.get('connection')).toBe('keep-alive');
  const stopped = other.stop();
  await expect.poll(async () => (await ask()).headers.get('connection')).toBe('close');
  expect((await ask()).status).toBe(200);
  await stopped;
  await expect(ask()).rejects.toThrow();
});

test('the built site brings the published files along', async () => {
  const page = await open();
  const urls = await page.request.get(`${address}/urls.txt`);
  expect(urls.headers()['content-type']).toContain('text/plain');
  expect((await urls.text()).split('\n')).toContain(gist.url);
  const { snapshot_dir } = await (await page.request.get(`${address}/dataset/latest/manifest.json`)).json();
  for (const folder of ['latest', snapshot_dir]) {
    const rows = await publishedLines(page, `${address}/dataset/${folder}/submissions.ndjson`);
    expect(rows.map((row) => row.gist_id)).toContain(gist.id);
  }
  expect(await (await page.request.get(`${address}/api/health`)).json()).toMatchObject({ ok: true });
});

test('the command line is installed from the built site, as the dataset’s page says', async () => {
  const page = await open();
  await page.goto(`${address}/dataset`);
  const told = `${address}/openagentsessions.tgz`;
  expect(await page.locator('code', { hasText: 'npm install' }).textContent()).toBe(`npm install ${told}`);
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-installed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const run = async (program: string, ...args: string[]) =>
    (await promisify(execFile)(program, args, { cwd: folder })).stdout;
  await run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', told);
  expect(await run('npx', 'openagentsessions', '--version')).toMatch(/^\d+\.\d+\.\d+$/m);
});

test('a visitor of the built site reads a session and gets as far as GitHub’s door', async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(address);
  await page.getByRole('link', { name: gist.title }).click();
  await page.waitForURL(`${address}/sessions/${gist.id}`);
  expect((await page.goto(`${address}/nowhere`))?.status()).toBe(404);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Nothing at this address');
  await page.goto(`${address}/submit`);
  const door = await page
    .getByRole('main')
    .getByRole('link', { name: 'Sign in with GitHub' })
    .getAttribute('href');
  const sent = await page.request.get(address + door, { maxRedirects: 0 });
  expect(sent.status()).toBe(303);
  expect(sent.headers().location).toMatch(/^https:\/\/github\.com\/login\/oauth\/authorize\?/);
});

/** A window of somebody who has signed in. */
async function openSignedIn(options?: BrowserContextOptions): Promise<Page> {
  const page = await open(options);
  const account = { githubId: '4000000001', login: gist.login };
  await page
    .context()
    .addCookies([await sessionCookie(database.db, { siteUrl: address, secret, ...account })]);
  return page;
}

// Not /submit: it asks GitHub which gists there are, and production knows only the real one.
test.each(['/mine', `/report?gist=${gist.id}`])(
  'in production %s has no trouble for who is signed in',
  async (path) => {
    const page = await openSignedIn();
    expect(await problemsAt(page, address + path)).toEqual([]);
    expect(await page.getByRole('banner').innerText()).toContain(gist.login);
  },
);

test('in production the desk’s script runs and reaches our API, under the policy that lets nothing else in', async () => {
  const page = await open();
  const account = { githubId: '1', login: 'one' };
  await page
    .context()
    .addCookies([await sessionCookie(database.db, { siteUrl: address, secret, ...account })]);
  expect(await problemsAt(page, `${address}/moderation`)).toEqual([]);
  await page.locator('[data-desk][data-live]').waitFor();
  expect(await page.evaluate(async () => (await fetch('/api/me')).status)).toBe(200);
  expect(await page.locator('script:not([src]), [style], style').count()).toBe(0);
});

test('in production a form of ours is taken: signing out ends the session and says so', async () => {
  const page = await openSignedIn({ javaScriptEnabled: false });
  await page.goto(`${address}/mine`);
  await press(page, page.getByRole('button', { name: 'Sign out', exact: true }));
  expect(page.url()).toBe(`${address}/sign-in`);
  expect(await notice(page)).toContain('Done. You are signed out.');
  expect((await page.goto(`${address}/mine`))?.status()).toBe(401);
});

test('in production a refused form comes back with what was filled in', async () => {
  const page = await openSignedIn({ javaScriptEnabled: false });
  const form = `${address}/report?gist=${gist.id}`;
  await page.goto(form);
  await page.getByLabel('What is wrong').selectOption('spam');
  await fill(page, page.getByLabel('Where, and how you know'), 'All of it.');
  await press(page, page.getByRole('button', { name: 'Send the report' }));
  expect(await notice(page)).toContain('Not done. There is nothing at this address.');
  expect(await page.getByLabel('Where, and how you know').inputValue()).toBe('All of it.');
});

test('in production the schema of openagentsessions.json is at the address it names', async () => {
  const page = await open();
  const answer = await page.request.get(`${address}/schema/openagentsessions.json`);
  expect(answer.headers()['content-type']).toMatch(/json/);
  expect(await answer.json()).toMatchObject({
    $id: `${address}/schema/openagentsessions.json`,
    properties: { license: { enum: expect.arrayContaining(['MIT']) } },
  });
});
