import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { listGists } from '#sql/testing-rows.ts';
import { lighthouseReport, shortcomings } from '../../actions/lighthouse.ts';
import { startBrowser } from '../../actions/start-browser.ts';
import { freePort } from '../../actions/testing.ts';
import { published, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { deadControls } from './dead-controls.ts';
import { writeGist } from './gists.ts';
import { markupFlaws } from './markup-flaws.ts';
import { excess } from './page-budgets.ts';
import { pageRoutes, routeOf } from './page-routes.ts';
import { compressed, weigh } from './page-weight.ts';
import { problemsAt } from './problems.ts';
import { databaseBehind, startProduction } from './production.ts';

const dev = inject('dev');
const open = useBrowser();
const owner = 'weigher';
const listed = await writeGist(dev.gists, owner, 'listed', { title: 'A session on every kind of page' });
const pending = await writeGist(dev.gists, owner, 'pending', { title: 'A session that waits' });
const moderator = 'moderator';
/** Of `listGists`: who has so many sessions that they fill two pages. */
const prolific = '7001';

/** Where kinds of page show as much as they can, and to whom, if not at their own address to anybody. */
const addresses: Readonly<Record<string, [address: string, who?: string]>> = {
  '/contributors/[owner_id]': [`/contributors/${prolific}`],
  '/contributors/[owner_id]/page/[page]': [`/contributors/${prolific}/page/2`],
  '/account': ['/account', owner],
  '/mine': ['/mine', owner],
  '/moderation': [`/moderation?case=${pending.id}`, moderator],
  '/moderation/[gist_id]': [`/moderation/${pending.id}`, moderator],
  '/report': [`/report?gist=${listed.id}`, owner],
  '/sessions/[gist_id]': [`/sessions/${listed.id}`],
  '/sessions/page/[page]': ['/sessions/page/2'],
  '/submit': [`/submit?gist=${pending.id}`, owner],
};
const kinds = pageRoutes();
const visits = kinds.map((kind): [kind: string, address: string, who?: string] => [
  kind,
  ...(addresses[kind] ?? [kind]),
]);
/** These say so where nobody has signed in. */
const ofMembers = ['/account', '/mine'];
/** To these no link leads somebody who has not signed in. */
const unlinked = ['/404', '/500', '/moderation', '/moderation/[gist_id]', '/sign-in'];

let site: Awaited<ReturnType<typeof startProduction>>;
const cookies: Record<string, BrowserContextOptions['storageState']> = {};

beforeAll(async () => {
  const database = await databaseBehind(dev);
  await listGists(database, 60, 10_000);
  await database.close();
  const [contributor, decider] = [await open(), await open()];
  await published(contributor, decider, dev, [listed]);
  await submitted(contributor, dev, pending);
  const idOf = async (page: Page) => String((await (await page.request.get(`${dev.url}/api/me`)).json()).id);
  const ids = { [owner]: await idOf(contributor), [moderator]: await idOf(decider) };
  site = await startProduction(dev, [await idOf(decider)]);
  for (const [each, id] of Object.entries(ids)) cookies[each] = await site.signedIn(id, each);
});
afterAll(() => site?.stop());

/** A window of that person, or of nobody in particular. */
async function openAs(who: string | undefined, options?: BrowserContextOptions): Promise<Page> {
  const page = await open({ ...options, ...(who === undefined ? {} : { storageState: cookies[who] }) });
  // What went wrong cannot be asked for: this is what is sent then.
  const path = fileURLToPath(new URL('../../dist/client/500.html', import.meta.url));
  await page.route(`${site.address}/500`, (route) => route.fulfill({ status: 500, path }));
  return page;
}

test('every kind of page is visited, those with parameters at an address given here', () => {
  expect(Object.keys(addresses).filter((kind) => !kinds.includes(kind))).toEqual([]);
  for (const [kind, address] of visits) {
    expect(address).not.toContain('[');
    expect(routeOf(address, kinds)).toBe(kind);
  }
});

test('all that can be reached by links from the home page is there, and as light as its kind of page should be', async () => {
  const { request } = await openAs(undefined);
  const reached = new Map<string, string[]>([['/', []]]);
  const met = new Set<string>();
  for (const [path, flaws] of reached) {
    const kind = routeOf(path, kinds);
    if (kind === '/404') {
      // A file, or an address of the API.
      const answer = await request.get(site.address + path, { maxRedirects: 0 });
      if (answer.status() >= 400) flaws.push(`answers ${answer.status()}`);
      continue;
    }
    met.add(kind);
    const weight = await weigh(request, site.address + path);
    if (weight.status !== (ofMembers.includes(kind) ? 401 : 200)) flaws.push(`answers ${weight.status}`);
    flaws.push(...excess(weight, kind));
    for (const link of weight.links) if (!reached.has(link)) reached.set(link, []);
  }
  expect([...reached].filter(([, flaws]) => flaws.length > 0)).toEqual([]);
  expect(kinds.filter((kind) => !met.has(kind) && !unlinked.includes(kind))).toEqual([]);
});

describe.each(visits)('%s at %s', (kind, address, who) => {
  test('has no trouble in the light, in the dark, on a wide screen and on phones', async () => {
    const page = await openAs(who);
    expect(await problemsAt(page, site.address + address)).toEqual([]);
  });

  test('weighs little, loads nothing else, and runs only the scripts it needs', async () => {
    const page = await openAs(who);
    const answers: Response[] = [];
    page.on('response', (response) => answers.push(response));
    const weight = await weigh(page.request, site.address + address);
    const waitUntil = weight.scriptPaths.length > 0 ? 'networkidle' : 'load';
    await page.goto(site.address + address, { waitUntil });
    const loaded = answers.slice(1).filter((answer) => answer.url().startsWith(site.address));
    const scripts = loaded.filter((answer) => /script/.test(answer.headers()['content-type'] ?? ''));
    const sizes = await Promise.all(scripts.map(async (answer) => compressed(await answer.body())));
    expect(
      excess(
        weight,
        kind,
        sizes.reduce((total, size) => total + size, 0),
      ),
    ).toEqual([]);
    if (scripts.length > 0) return;
    const paths = loaded.map((answer) => new URL(answer.url()).pathname);
    expect(paths.filter((path) => !weight.loads.includes(path))).toEqual([]);
  });

  test('is valid HTML, of which nothing is dead without a script', async () => {
    const page = await openAs(who, { javaScriptEnabled: false });
    const answer = await page.goto(site.address + address);
    expect(await markupFlaws((await answer?.text()) ?? '')).toEqual([]);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await deadControls(page)).toEqual([]);
  });
});

test('without scripts a visitor finds the newest sessions, leafs on and comes to GitHub’s door, and a contributor’s form is taken', async () => {
  const page = await openAs(undefined, { javaScriptEnabled: false });
  await page.goto(site.address);
  await page.getByRole('main').getByRole('link', { name: listed.title }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(listed.title);
  expect(await page.getByRole('main').getByRole('link', { name: 'session.jsonl' }).count()).toBeGreaterThan(
    0,
  );
  await page.goto(`${site.address}/sessions`);
  const rows = page.getByRole('main').getByRole('table').first().getByRole('rowheader');
  expect(await rows.first().innerText()).toContain(listed.title);
  await page.getByRole('link', { name: 'Older' }).click();
  expect(page.url()).toBe(`${site.address}/sessions/page/2`);
  expect(await rows.count()).toBeGreaterThan(0);
  await page.goto(`${site.address}/sign-in`);
  await page.getByRole('main').getByRole('link', { name: 'Sign in with GitHub' }).click();
  expect(new URL(page.url()).origin).not.toBe(site.address);

  const contributor = await openAs(owner, { javaScriptEnabled: false });
  await contributor.goto(`${site.address}/submit`);
  await contributor.getByLabel('Address of the gist').fill(pending.url);
  await contributor.getByRole('button', { name: 'Check this gist' }).click();
  expect(await contributor.getByRole('heading', { level: 1 }).innerText()).toBe('Check a gist');
});

// Scores of speed are times: npm run bench lighthouse.
test('Lighthouse finds nothing to ask for, at home, among sessions, at one and at the dataset', async () => {
  const port = await freePort();
  const browser = await startBrowser({ port });
  try {
    for (const path of ['/', '/sessions', `/sessions/${listed.id}`, '/dataset']) {
      const report = await lighthouseReport(site.address + path, port, { glance: true });
      expect(Object.keys(report.categories)).toEqual(
        expect.arrayContaining(['performance', 'accessibility', 'best-practices', 'seo']),
      );
      expect(shortcomings(report), path).toEqual([]);
    }
  } finally {
    await browser.close();
  }
}, 180_000);
