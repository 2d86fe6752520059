import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '#sql/testing.ts';
import { devFolder, endDev, exportDataset, type RunningDev, startDev } from '../../actions/dev/testing.ts';
import { freePort, type RunningProgram, runProgram, startProgram } from '../../actions/testing.ts';
import { published, publishedLines } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { type WrittenGist, writeGist } from './gists.ts';
import { sessionCookie } from './session-cookie.ts';

/*
 * Pages that the built site makes on request from published files: what they answer to whom, what may be kept of it, and
 * what they say when the files, or the database, are not there.
 */

const open = useBrowser();
const secret = 'of the tests, and long enough to be one';
const login = 'prolific';
const many = 52;
const hostileTitle = '</title><script>alert(1)</script>"\'> \u202Egpj.exe';
const nowhere = '0123456789abcdef0123456789abcdef';

/** An index of its own: it has more sessions than fit a page, which would push those of other tests off theirs. */
let dev: RunningDev;
let hostile: WrittenGist;
let other: WrittenGist;
let leaving: WrittenGist;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let site: RunningProgram;
let address: string;
let owner: string;
let settings: Record<string, string>;

beforeAll(async () => {
  dev = await startDev(await devFolder());
  const page = await open();
  hostile = await writeGist(dev.gists, login, 'hostile', { title: hostileTitle });
  other = await writeGist(dev.gists, login, 'other', { title: 'Session 1' });
  leaving = await writeGist(dev.gists, login, 'leaving', { title: 'A session that leaves' });
  const gists = [hostile, other, leaving];
  for (let n = 2; n < many; n += 1)
    gists.push(await writeGist(dev.gists, login, `number-${n}`, { title: `Session ${n}` }));
  await published(page, await open(), dev, gists);
  await page.request.post(`${dev.url}/api/submissions/${leaving.id}/withdraw`);
  await exportDataset(dev);
  const rows = await publishedLines(page, `${dev.url}/dataset/latest/submissions.ndjson`);
  owner = String(rows.find((row) => row.gist_id === hostile.id)?.gist_owner_id);

  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  settings = { SITE_URL: address, DATASET_OUTPUT_DIR: join(dev.folder, '.dataset') };
  await runProgram('build', [], { cwd: dev.folder, env: settings });
  database = await freshDatabase();
  site = await start();
});
afterAll(async () => {
  await site?.stop();
  await database?.close();
  if (dev) await endDev(dev);
});

function start(): Promise<RunningProgram> {
  const secrets = {
    DATABASE_URL: database.url,
    SESSION_SECRET: secret,
    GITHUB_CLIENT_ID: 'tests',
    GITHUB_CLIENT_SECRET: 'of the tests',
    MODERATOR_GITHUB_IDS: '1',
  };
  return startProgram('start', ['--port', new URL(address).port, '--drain', '0'], {
    cwd: dev.folder,
    env: { ...settings, ...secrets },
    ready: /Serving (http:\S+) on/,
  });
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(address + path, { headers, redirect: 'manual' });

/** What a page says, without its markup. */
const wordsOf = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

const onRequest = (): [string, RegExp][] => [
  [`/sessions/${other.id}`, /Session 1 prolific Agent Claude Code/],
  ['/sessions/page/2', /51–/],
  [`/contributors/${owner}`, /52 sessions\. GitHub account/],
  [`/contributors/${owner}/page/2`, /51–52 of 52, page 2 of 2/],
  [`/am-i-in-it?login=${login}`, /52 sessions/],
  [`/am-i-in-it?gist=${other.id}`, /It is listed/],
];

test('pages of published files are the same for everybody, and may be kept', async () => {
  const cookie = await sessionCookie(database.db, {
    siteUrl: address,
    secret,
    githubId: '4000000001',
    login,
  });
  const signedIn = { cookie: `${cookie.name}=${cookie.value}` };
  expect(await (await get('/mine', signedIn)).text()).toContain('Sign out');
  for (const [path, words] of onRequest()) {
    const answer = await get(path);
    const html = await answer.text();
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    expect(wordsOf(html)).toMatch(words);
    expect(html).not.toContain('return_to=');
    expect(await (await get(path, signedIn)).text(), path).toBe(html);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60');

    const etag = answer.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"\d{4}-\d\d-\d\dT[\d-]+Z\.\w+"$/);
    const again = await get(path, { 'if-none-match': etag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await get(path, { 'if-none-match': 'W/"of.another"' })).status).toBe(200);
  }
});

test('a shared session says what it is, whatever it is called', async () => {
  const page = await open({ javaScriptEnabled: false });
  const at = `${address}/sessions/${hostile.id}`;
  await page.goto(at);
  const told = await page
    .locator('meta[property^="og:"]:not([property^="og:image"]), meta[name=description], link[rel=canonical]')
    .evaluateAll((all) =>
      all.map((each) => [
        each.getAttribute('property') ?? each.getAttribute('name') ?? 'canonical',
        each.getAttribute('content') ?? each.getAttribute('href'),
      ]),
    );
  const title = hostileTitle.replace('\u202E', '');
  const description = expect.stringMatching(
    /^A session with Claude Code .* by prolific: 1 file, .* MIT, read by/,
  );
  expect(Object.fromEntries(told)).toEqual({
    canonical: at,
    description,
    'og:site_name': 'Open Agent Sessions',
    'og:title': title,
    'og:description': description,
    'og:type': 'article',
    'og:url': at,
  });
  expect(await page.title()).toBe(`${title} · Open Agent Sessions`);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
});

test.each([
  ['/sessions/page/1', 308, '/sessions'],
  ['/sessions/ABCDEF0123456789ABCDEF0123456789', 308, '/sessions/abcdef0123456789abcdef0123456789'],
  ['/contributors/1/page/1', 308, '/contributors/1'],
])('%s leads to the one address of what it means', async (path, status, location) => {
  const answer = await get(path);
  expect([answer.status, answer.headers.get('location')]).toEqual([status, location]);
});

test.each([
  [`/sessions/${nowhere}`, `lists no session of the gist ${nowhere}`, 'am-i-in-it'],
  ['/sessions/abc', 'That is not the id of a gist', '"/sessions"'],
  ['/sessions/page/0', 'sessions are listed, on', '"/dataset"'],
  ['/sessions/page/abc', 'The oldest are on', '"/sessions/page/'],
  ['/sessions/page/02', 'The oldest are on', '"/sessions/page/'],
  ['/sessions/page/999999999', 'The oldest are on', '"/sessions/page/'],
  ['/sessions/page/99999999999999999999', 'The oldest are on', '"/sessions/page/'],
  ['/contributors/1', 'lists no session of', '/am-i-in-it'],
  ['/contributors/abc', 'lists no session of', '/am-i-in-it'],
  ['/contributors/1/page/0', 'lists no session of', '/am-i-in-it'],
])('%s is nowhere, and says where to go', async (path, words, link) => {
  const answer = await get(path, { 'if-none-match': '*' });
  const html = await answer.text();
  expect(answer.status).toBe(404);
  expect(wordsOf(html)).toContain(words);
  expect(html).toContain(link);
  expect(html).toContain('<meta name="robots" content="noindex">');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test.each([`/sessions/${nowhere}.md`, `/sessions/${nowhere}/card.png`, `/api/v1/sessions/${nowhere}.json`])(
  'programs are told that nothing is at %s, and nobody keeps it',
  async (path) => {
    const answer = await get(path);
    expect(await answer.json()).toMatchObject({ status: answer.status, code: 'not_found' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  },
);

test('a page of a contributor beyond the end leads back to the first', async () => {
  const answer = await get(`/contributors/${owner}/page/3`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain(`href="/contributors/${owner}"`);
});

test('all pages together hold every session once', async () => {
  const seen: string[] = [];
  for (let path: string | undefined = '/sessions/page/2'; path; ) {
    const html: string = await (await get(path)).text();
    seen.push(
      ...[...html.matchAll(/<th role="rowheader"[^>]*> ?<a href="\/sessions\/(\w+)"/g)].map(
        ([, id = '']) => id,
      ),
    );
    path = /rel="next" href="([^"]+)"/.exec(html)?.[1];
  }
  expect(seen.length).toBe(many - 50);
  expect(new Set(seen).size).toBe(seen.length);
});

test('somebody finds what is theirs by login and by gist, without scripts and without signing in', async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${address}/privacy`);
  await page.getByRole('main').getByRole('link', { name: 'Am I in it?' }).click();
  await page.getByLabel('GitHub login').fill(`@${login.toUpperCase()}`);
  await page.getByRole('button', { name: 'Look' }).first().click();
  const main = page.getByRole('main');
  expect(await main.getByRole('heading', { level: 3 }).innerText()).toBe(`${login}, account ${owner}`);
  expect(await main.getByRole('rowheader').count()).toBe(10);
  await main.getByRole('link', { name: 'all of them' }).click();
  expect(page.url()).toBe(`${address}/contributors/${owner}`);

  await page.goto(`${address}/am-i-in-it`);
  await page.getByLabel('Address or id of the gist').fill(leaving.url);
  await page.getByRole('button', { name: 'Look' }).last().click();
  expect(await main.innerText()).toMatch(/It is not listed\. It left on .*: taken back by its owner/);
  expect(await main.getByRole('table').innerText()).toContain('withdrawn');
  expect(await main.innerText()).not.toContain(owner);

  await page.goto(`${address}/am-i-in-it?gist=${nowhere}&login=nobody`);
  expect(await main.innerText()).toContain('It is not listed, and never left.');
  expect(await main.innerText()).toContain('Nothing is listed under nobody.');
});

test.each([
  ['login', '<script>'],
  ['login', 'x'.repeat(5000)],
  ['gist', 'x'.repeat(5000)],
  ['gist', '"gist_id":"'],
  ['gist', '../removed.ndjson'],
])('a %s that is none is refused with a sentence', async (name, value) => {
  const answer = await get(`/am-i-in-it?${name}=${encodeURIComponent(value)}`);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/That is not (?:a GitHub login|the address or id of a gist)/);
});

test('without a database everything published stays readable', async () => {
  await database.close();
  try {
    expect((await get('/api/health')).status).not.toBe(200);
    for (const [path, words] of onRequest()) {
      const answer = await get(path);
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
      expect(wordsOf(await answer.text())).toMatch(words);
    }
  } finally {
    database = await freshDatabase();
  }
});

test.each([
  ['damaged', (file: string) => truncate(file, 100)],
  ['missing', (file: string) => rm(file)],
])('where published files are %s, one sentence says so, and the log once', async (_, harm) => {
  await site.stop();
  const copies = join(import.meta.dirname, '../../dist/client/dataset');
  const { snapshot_dir } = JSON.parse(await readFile(join(copies, 'latest/manifest.json'), 'utf8'));
  const names = ['latest', snapshot_dir].map((folder) => join(copies, folder, 'submissions.ndjson'));
  const whole = await readFile(names[0] ?? '');
  for (const name of names) await harm(name);
  site = await start();
  for (let times = 0; times < 3; times += 1) {
    const answer = await get(`/sessions/${other.id}`, { 'if-none-match': '*' });
    const html = await answer.text();
    expect(answer.status).toBe(503);
    expect(html).toContain('this server cannot read them');
    expect(html).not.toMatch(/ENOENT|submissions\.ndjson|\bat .*\.mjs/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('retry-after')).toBe('60');
  }
  for (const face of [
    `/sessions/${other.id}.md`,
    `/sessions/${other.id}/card.png`,
    `/api/v1/sessions/${other.id}.json`,
  ]) {
    const answer = await get(face);
    const { code } = await answer.json();
    expect([face, answer.status, code]).toEqual([face, 503, 'published_files_unreadable']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('retry-after')).toBe('60');
  }
  expect((await get('/log')).status).toBe(200);
  const logged = site
    .printed()
    .split('\n')
    .filter((line) => line.includes('unexpected error'));
  expect(logged).toHaveLength(1);
  for (const name of names) await writeFile(name, whole);
});
