import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { standinAccountId } from '#github/standin/ids.ts';
import { listGists } from '#sql/testing-rows.ts';
import { lighthouseReport, shortcomings } from '../../actions/lighthouse.ts';
import { startBrowser } from '../../actions/start-browser.ts';
import { freePort } from '../../actions/testing.ts';
import { published, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { deadControls } from './dead-controls.ts';
import { writeGist } from './gists.ts';
import { markupFlaws } from './markup-flaws.ts';
import { pageRoutes, routeOf } from './page-routes.ts';
import { type PageWeight, weigh } from './page-weight.ts';
import { problemsAt } from './problems.ts';
import { databaseBehind, startProduction } from './production.ts';

const dev = inject('dev');
const open = useBrowser();
const login = 'weigher';
const listed = await writeGist(dev.gists, login, 'listed', { title: 'A session on every kind of page' });
const pending = await writeGist(dev.gists, login, 'pending', { title: 'A session that waits' });
const owner = String(standinAccountId(login));
const moderator = String(standinAccountId('moderator'));
/** Of `listGists`: who has so many sessions that they fill two pages. */
const prolific = '7001';

/** A kind of page, by its file in site/pages, at an address where it shows as much as it can, and to whom. */
const visits: [kind: string, address: string, who?: typeof owner][] = [
  ['/', '/'],
  ['/404', '/nowhere'],
  ['/500', '/500'],
  ['/contribute', '/contribute'],
  ['/contributors/[owner_id]', `/contributors/${prolific}`],
  ['/contributors/[owner_id]/page/[page]', `/contributors/${prolific}/page/2`],
  ['/dataset', '/dataset'],
  ['/log', '/log'],
  ['/mine', '/mine', owner],
  ['/moderation', `/moderation?case=${pending.id}`, moderator],
  ['/moderation/[gist_id]', `/moderation/${pending.id}`, moderator],
  ['/policy', '/policy'],
  ['/privacy', '/privacy'],
  ['/report', `/report?gist=${listed.id}`, owner],
  ['/sessions', '/sessions'],
  ['/sessions/[gist_id]', `/sessions/${listed.id}`],
  ['/sessions/page/[page]', '/sessions/page/2'],
  ['/sign-in', '/sign-in'],
  ['/submit', `/submit?gist=${pending.id}`, owner],
];

/** What a page may weigh, in bytes of gzip: its HTML with style sheets, icon and images; its scripts. */
interface Budget {
  page: number;
  scripts: number;
  /** The names of its scripts. */
  names: RegExp;
}
/** What a new connection brings in its first round trip, as ten packets of 1,460 bytes: RFC 6928. */
const plain: Budget = { page: 14_336, scripts: 0, names: /^none$/ };
const interactive: Record<string, Budget> = {
  '/sessions/[gist_id]': { page: 14_336, scripts: 15_000, names: /\/viewer\./ },
  '/moderation': { page: 18_000, scripts: 20_000, names: /\/(?:viewer|desk)\./ },
  '/moderation/[gist_id]': { page: 18_000, scripts: 20_000, names: /\/(?:viewer|desk)\./ },
};

/** What of a page's weight is over its budget. */
function excess({ page, scripts, scriptPaths }: PageWeight, kind: string): string[] {
  const budget = interactive[kind] ?? plain;
  return [
    ...(page > budget.page ? [`page: ${page} bytes, ${budget.page} allowed`] : []),
    ...(scripts > budget.scripts ? [`scripts: ${scripts} bytes, ${budget.scripts} allowed`] : []),
    ...scriptPaths.filter((path) => !budget.names.test(path)),
  ];
}

let site: Awaited<ReturnType<typeof startProduction>>;
const cookies: Record<string, BrowserContextOptions['storageState']> = {};

beforeAll(async () => {
  const database = await databaseBehind(dev);
  await listGists(database, 60, 10_000);
  await database.close();
  const [contributor, decider] = [await open(), await open()];
  await published(contributor, decider, dev, [listed]);
  await submitted(contributor, dev, pending);
  site = await startProduction(dev, [moderator]);
  cookies[owner] = await site.signedIn(owner, login);
  cookies[moderator] = await site.signedIn(moderator, 'moderator');
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

test('there is a visit to every kind of page', () => {
  const routes = pageRoutes();
  expect(visits.map(([kind]) => kind)).toEqual(routes);
  for (const [kind, address] of visits) if (kind !== '/404') expect(routeOf(address, routes)).toBe(kind);
});

test('all that can be reached by links from the home page is there, and as light as its kind of page should be', async () => {
  const { request } = await openAs(undefined);
  const reached = new Map<string, string[]>([['/', []]]);
  const kinds = new Set<string>();
  for (const [path, flaws] of reached) {
    const kind = routeOf(path, pageRoutes());
    if (kind === '/404') {
      // A file, or an address of the API.
      const answer = await request.get(site.address + path, { maxRedirects: 0 });
      if (answer.status() >= 400) flaws.push(`answers ${answer.status()}`);
      continue;
    }
    kinds.add(kind);
    const weight = await weigh(request, site.address + path);
    if (weight.status !== (kind === '/mine' ? 401 : 200)) flaws.push(`answers ${weight.status}`);
    flaws.push(...excess(weight, kind));
    for (const link of weight.links) if (!reached.has(link)) reached.set(link, []);
  }
  expect([...reached].filter(([, flaws]) => flaws.length > 0)).toEqual([]);
  const hidden = ['/404', '/500', '/moderation', '/moderation/[gist_id]', '/sign-in'];
  expect(pageRoutes().filter((kind) => !kinds.has(kind))).toEqual(hidden);
});

describe.each(visits)('%s at %s', (kind, address, who) => {
  test('has no trouble in the light, in the dark, on a wide screen and on phones', async () => {
    const page = await openAs(who);
    const loads: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(site.address)) loads.push(new URL(request.url()).pathname);
    });
    expect(await problemsAt(page, site.address + address)).toEqual([]);
    if (!(kind in interactive)) {
      const counted = (await weigh(page.request, site.address + address)).loads;
      expect(loads.slice(1).filter((path) => !counted.includes(path))).toEqual([]);
    }
  });

  test('weighs little, and has no script where it needs none', async () => {
    const page = await openAs(who);
    const weight = await weigh(page.request, site.address + address);
    expect(excess(weight, kind)).toEqual([]);
  });

  test('is valid HTML', async () => {
    const page = await openAs(who, { javaScriptEnabled: false });
    const answer = await page.goto(site.address + address);
    expect(await markupFlaws((await answer?.text()) ?? '')).toEqual([]);
  });

  test('has nothing that does nothing without a script', async () => {
    const page = await openAs(who, { javaScriptEnabled: false });
    await page.goto(site.address + address);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await deadControls(page)).toEqual([]);
  });
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
