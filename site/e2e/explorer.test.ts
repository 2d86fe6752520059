import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { largeIndex } from '../../actions/bench/large-index.ts';
import { useBrowser } from './browser.ts';
import { startBuilt } from './explorer-world.ts';
import { errorsOf, problems } from './problems.ts';

const hostileTitle = '\u202e</template><img src=x onerror="document.title=1">';
const hostileTag = '"><script>a&b=c#d';
const of = <Value>(list: readonly Value[], by: number): Value => list[by % list.length] as Value;
const rows: DatasetRow[] = [...largeIndex(230)].map((line, at) => ({
  ...JSON.parse(line),
  title: `${of(['Fix', 'Port', 'Größe', '重写'], at)} the ${of(['parser', 'cache', 'login', 'build', 'tide table'], at)} ${at}`,
  topic: null,
  gist_owner_id: String(4_000_000_000 + (at % 12)),
  gist_owner_login: `owner-${at % 12}`,
  started_at: of([null, '2026-03-02T03:04:05.000Z', '2026-04-30T23:59:59', '2026-07-01T00:00:00Z'], at),
  tags: at % 4 === 0 ? [`tag-${at % 46}`] : [],
  ...(at === 7 ? { title: hostileTitle, tags: [hostileTag], topic: 'x'.repeat(200) } : {}),
}));
const has = (row: DatasetRow, ...words: string[]) =>
  words.every((word) => row.title.toLowerCase().split(' ').includes(word));
const isRust = (row: DatasetRow) => row.languages?.includes('Rust') === true;
const codexAndRust = rows.filter((row) => row.agent === 'codex' && isRust(row));
const codex = rows.filter((row) => row.agent === 'codex');

const open = useBrowser();
let site: Awaited<ReturnType<typeof startBuilt>>;
beforeAll(async () => {
  site = await startBuilt(rows);
});
afterAll(() => site?.stop());

const total = (page: Page) => page.locator('[data-total]');
const titles = (page: Page) => page.locator('[data-list] tbody th a').allInnerTexts();
const query = (page: Page) => new URL(page.url()).search;
const titlesOf = (list: readonly DatasetRow[]) => list.map(({ title }) => title);

async function explore(search = '', options?: Parameters<typeof open>[0]): Promise<Page> {
  const page = await open(options);
  await page.goto(`${site.address}/sessions${search}`);
  if (options?.javaScriptEnabled !== false) await page.locator('[data-explorer].live').waitFor();
  return page;
}
async function shows(page: Page, list: readonly DatasetRow[]): Promise<void> {
  await expect
    .poll(() => total(page).innerText())
    .toBe(list.length === 1 ? '1 session' : `${list.length} sessions`);
  await expect.poll(() => titles(page)).toEqual(titlesOf(list.slice(0, 50)));
}

test('one facet narrows the list, and a second one further; each is a step of the history', async () => {
  const page = await explore();
  await shows(page, rows);
  await page.getByRole('checkbox', { name: /^Codex/ }).check();
  await shows(page, codex);
  expect(query(page)).toBe('?agent=codex');
  expect(await page.locator('[name=language][value=Rust] ~ data').innerText()).toBe(
    String(codexAndRust.length),
  );
  await page.getByRole('checkbox', { name: /^Rust/ }).check();
  await shows(page, codexAndRust);
  expect(query(page)).toBe('?agent=codex&language=Rust');
  expect(await page.locator('[data-chips] bdi').allInnerTexts()).toEqual(['Agent: Codex', 'Language: Rust']);

  await page.goBack();
  await shows(page, codex);
  expect(await page.getByRole('checkbox', { name: /^Rust/ }).isChecked()).toBe(false);
  await page.goBack();
  await shows(page, rows);
  expect(await page.locator('[data-chips]').isVisible()).toBe(false);
  await page.goForward();
  await page.goForward();
  await shows(page, codexAndRust);
  expect(await page.getByRole('checkbox', { name: /^Rust/ }).isChecked()).toBe(true);
});

test('conditions are taken away by their chips, and all together', async () => {
  const page = await explore('?agent=codex&language=Rust&license=MIT');
  await page.getByRole('button', { name: 'Remove Licence: MIT' }).click();
  await shows(page, codexAndRust);
  await page.getByRole('button', { name: 'Remove Agent: Codex' }).click();
  await shows(
    page,
    rows.filter((row) => isRust(row)),
  );
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Language: Rust');
  await page.locator('[data-chips] [data-clear]').click();
  await shows(page, rows);
  expect(query(page)).toBe('');
});

test('words are looked for while they are typed, and one step of the history when they are meant', async () => {
  const page = await explore('?agent=codex');
  const sought = (words: string[]) => codex.filter((row) => has(row, ...words));
  const field = page.getByRole('searchbox');
  await field.pressSequentially('größe');
  await shows(page, sought(['größe']));
  expect(query(page)).toBe('?q=gr%C3%B6%C3%9Fe&agent=codex');
  expect(await field.evaluate((each) => each === document.activeElement)).toBe(true);
  await field.pressSequentially(' tide');
  await shows(page, sought(['größe', 'tide']));
  await field.press('Enter');
  await page.goBack();
  await shows(page, codex);
  expect(await field.inputValue()).toBe('');
  expect(query(page)).toBe('?agent=codex');
  await page.goForward();
  await shows(page, sought(['größe', 'tide']));
  expect(await field.inputValue()).toBe('größe tide');
});

test('the list is put in another order', async () => {
  const page = await explore();
  await page.getByLabel('Order').selectOption('Largest first');
  await shows(
    page,
    rows.toSorted((a, b) => b.total_bytes - a.total_bytes),
  );
  expect(query(page)).toBe('?sort=largest');
});

test('months narrow the list from and to', async () => {
  const page = await explore();
  await page.locator('[name=from]').selectOption('2026-04');
  await page.locator('[name=to]').selectOption('2026-04');
  await shows(
    page,
    rows.filter((row) => row.started_at?.startsWith('2026-04')),
  );
  expect(query(page)).toBe('?from=2026-04&to=2026-04');
});

test('pages follow each other, keep their place, and put the focus at the list', async () => {
  const page = await explore();
  await page.getByRole('link', { name: 'Older' }).click();
  await expect.poll(() => titles(page)).toEqual(titlesOf(rows.slice(50, 100)));
  expect(query(page)).toBe('?page=2');
  expect(await page.locator('[data-pager] p').innerText()).toBe('51–100 of 230, page 2 of 5');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('found');

  await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }));
  await expect.poll(() => page.evaluate(() => history.state?.top)).toBe(900);
  await page.getByRole('link', { name: 'Older' }).evaluate((link: HTMLElement) => link.click());
  await expect.poll(() => titles(page)).toEqual(titlesOf(rows.slice(100, 150)));
  await page.goBack();
  await expect.poll(() => titles(page)).toEqual(titlesOf(rows.slice(50, 100)));
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(900);
  await page.goBack();
  await shows(page, rows);
});

test('a shared address opens what it says, and never shows the newest first', async () => {
  const page = await open();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/explorer\.[\w-]+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  const search = '?q=tide&agent=codex&from=2026-03&sort=oldest&page=1';
  // The page is only loaded once the script is.
  await page.goto(`${site.address}/sessions${search}`, { waitUntil: 'commit' });
  await page.locator('[data-looking]').waitFor();
  expect(await page.locator('[data-list] a').first().isVisible()).toBe(false);
  expect(await total(page).isVisible()).toBe(false);
  release();
  await shows(
    page,
    codex.filter((row) => has(row, 'tide') && (row.started_at ?? '') >= '2026-03').toReversed(),
  );
  expect(await page.getByRole('searchbox').inputValue()).toBe('tide');
  expect(await page.getByLabel('Order').inputValue()).toBe('oldest');
});

test('an owner is called by the login, and may be one that the page did not bring', async () => {
  const owner = rows.at(-1)?.gist_owner_id ?? '';
  const page = await explore(`?contributor=${owner}`);
  await shows(
    page,
    rows.filter((row) => row.gist_owner_id === owner),
  );
  const login = rows.find((row) => row.gist_owner_id === owner)?.gist_owner_login;
  expect(await page.locator('[data-chips] bdi').innerText()).toBe(`Owner: ${login}`);
});

test('what nobody understands in an address is told, and the rest of it holds', async () => {
  const page = await explore('?agent=codex&colour=red&from=May&page=x&sort=best');
  await shows(page, codex);
  const note = await page.locator('[data-note]').innerText();
  for (const words of ['“colour”', '“from” is a month', 'no such page', 'no such order'])
    expect(note).toContain(words);
});

test('values that no session has select nothing, and say what to take away', async () => {
  const page = await explore('?agent=nobody&language=Rust');
  await shows(page, []);
  expect(await page.getByRole('main').innerText()).toContain('No session is all of this.');
  expect(await page.getByRole('checkbox', { name: /^nobody/ }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Remove Agent: nobody' }).click();
  await shows(
    page,
    rows.filter((row) => isRust(row)),
  );
});

test('for a word that no session has, those that begin like it are looked for, and said', async () => {
  const page = await explore('?q=pars+fix');
  const sought = rows.filter((row) => has(row, 'parser', 'fix'));
  await shows(page, sought);
  expect(await page.locator('[data-similar]').innerText()).toContain(
    'No session has “pars”. Looked for instead: parser',
  );
  expect(await page.locator('[data-query] code').textContent()).toContain("['parser']");
  await page.locator('[data-similar] a', { hasText: 'parser' }).click();
  await shows(page, sought);
  expect(query(page)).toBe('?q=parser+fix');
  expect(await page.locator('[data-similar]').isVisible()).toBe(false);
});

test('a page beyond the end leads to the last one', async () => {
  const page = await explore(`?agent=codex&page=99`);
  const last = Math.ceil(codex.length / 50);
  await page.getByRole('link', { name: `page ${last}` }).click();
  await expect.poll(() => titles(page)).toEqual(titlesOf(codex.slice((last - 1) * 50)));
});

test('what a session is called cannot become anything but text, in the page’s own rows and the script’s', async () => {
  const page = await explore(`?tag=${encodeURIComponent(hostileTag)}`);
  const errors = errorsOf(page);
  await shows(page, rows.slice(7, 8));
  expect(await page.locator('[data-chips] bdi').innerText()).toBe(`Tag: ${hostileTag}`);
  await page.locator('[data-query] summary').click();
  expect(await page.locator('[data-query] code').innerText()).toContain(`[${`'${hostileTag}'`}]`);
  expect(await page.locator('main img, main script:not([src^="/_astro/"])').count()).toBe(0);
  expect(await page.title()).toContain('Sessions');
  expect(errors()).toEqual([]);
});

test('the script’s rows are those that the page was made with', async () => {
  const page = await explore();
  const made = await rowsAsText(page);
  // Any address but the plain one has its rows from the script.
  await page.goto(`${site.address}/sessions?from=0001-01&to=9999-12`);
  const dated = rows.filter(({ started_at }) => started_at !== null);
  await shows(page, dated);
  const scripted = await rowsAsText(page);
  const both = titlesOf(rows.slice(0, 50)).filter((title) => titlesOf(dated.slice(0, 50)).includes(title));
  expect(both.length).toBeGreaterThan(30);
  const rowOf = (all: string[], title: string) =>
    all.find((row) =>
      row.includes(
        `<bdi>${title.replace('</template><img', '&lt;/template&gt;&lt;img').replace('1">', '1"&gt;')}</bdi>`,
      ),
    );
  for (const title of both) expect(rowOf(scripted, title), title).toBe(rowOf(made, title));
});

/** Markup of the rows, without the space between elements. */
function rowsAsText(page: Page): Promise<string[]> {
  return page.locator('[data-list] tbody tr').evaluateAll((all) =>
    all.map((row) =>
      row.outerHTML
        .replace(/ data-astro-cid-\w+(?:="")?/g, '')
        .replace(/\s+/g, ' ')
        .replace(/> | </g, (each) => each.trim()),
    ),
  );
}

test('values beyond the first are fetched when they are asked for, and can be chosen like the others', async () => {
  const page = await explore();
  const facet = page.locator('[data-facet=tag]');
  const values = facet.locator('input');
  const tags = new Set(rows.flatMap((row) => row.tags));
  await page.route(/summary\.json/, (route) => route.abort());
  await facet.locator('summary').click();
  await expect.poll(() => facet.innerText()).toContain('could not be loaded. Fold and unfold');
  await page.unrouteAll();
  await facet.locator('summary').click();
  await facet.locator('summary').click();
  await expect.poll(() => values.count()).toBe(8);
  await facet.getByRole('button', { name: `${tags.size - 8} more` }).click();
  await expect.poll(() => values.count()).toBe(tags.size);
  const rarest = (await values.last().getAttribute('value')) ?? '';
  await values.last().check();
  await shows(
    page,
    rows.filter((row) => row.tags.includes(rarest)),
  );
  expect(await values.first().getAttribute('value')).toBe(rarest);
  expect(await values.first().evaluate((each) => each === document.activeElement)).toBe(true);

  await facet.getByRole('button', { name: 'Fewer' }).click();
  await values.first().focus();
  await page.keyboard.press('Space');
  await shows(page, rows);
  expect(await values.evaluateAll((all) => all.map((each) => each.getAttribute('value')))).not.toContain(
    rarest,
  );
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Tag');
});

test.each([
  ['missing', (route: import('playwright-core').Route) => route.fulfill({ status: 404 })],
  ['cut off', (route: import('playwright-core').Route) => route.fulfill({ status: 206, body: 'PAR1' })],
  ['not to be had', (route: import('playwright-core').Route) => route.abort()],
])('browse files that are %s are told of, with ways out, and asked for again', async (_, fulfil) => {
  const page = await open();
  await page.route(/\/browse\/.*\.parquet/, fulfil);
  await page.goto(`${site.address}/sessions?q=tide`);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toMatch(/\w+\./);
  expect(await titles(page)).toEqual([]);
  expect(await alert.getByRole('link', { name: 'The newest sessions' }).getAttribute('href')).toBe(
    '/sessions',
  );
  await page.unrouteAll();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await shows(
    page,
    rows.filter((row) => has(row, 'tide')),
  );
  expect(await alert.isVisible()).toBe(false);
});

test('a server that is away for a moment is not said to have another list', async () => {
  const page = await open();
  await page.route(/\/browse\/.*summary\.json/, (route) => route.fulfill({ status: 503 }));
  await page.goto(`${site.address}/sessions?q=tide`);
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('answered 503');
});

test('a server that sends whole files where parts were asked for is read all the same', async () => {
  const page = await open();
  await page.route(/\/browse\/.*\.parquet/, async (route) => {
    const { range: _, ...headers } = route.request().headers();
    const response = await route.fetch({ headers });
    await route.fulfill({ response });
  });
  await page.goto(`${site.address}/sessions?q=tide`);
  await shows(
    page,
    rows.filter((row) => has(row, 'tide')),
  );
});

test('a worker that cannot be loaded is told of', async () => {
  const page = await open();
  await page.route(/\/worker\.[\w-]+\.js$/, (route) => route.abort());
  await page.goto(`${site.address}/sessions?agent=codex`);
  expect(await page.getByRole('alert').innerText()).toContain('could not be loaded');
});

/** A page of ours runs no worker that does not come with the site's own headers. */
const asScript = {
  contentType: 'text/javascript',
  headers: { 'cross-origin-embedder-policy': 'require-corp' },
};

/** A worker of an index so large that it does nothing unasked. */
const largeWorker = `
  onmessage = ({ data: { id, kind, whole } }) => {
    const tell = (answer) => postMessage({ id, ...answer });
    const found = { kind: 'found', total: 700000, bytes: null, licenses: { MIT: 700000 } };
    if (kind === 'weigh') tell({ ...found, bytes: 5e12 });
    if (kind !== 'look') return;
    tell({ kind: 'page', cards: [], page: 1, total: null });
    if (!whole) return tell({ kind: 'stopped', read: 65536, of: 1000000, found: 60 });
    tell({ kind: 'progress', read: 300000, of: 1000000, found: 400 });
    fetch('/urls.txt').then(() => tell(found));
  };`;

test('a large index is looked through, and its bytes are counted, when somebody asks for it', async () => {
  const page = await open();
  await page.route(/\/worker\.[\w-]+\.js$/, (route) => route.fulfill({ ...asScript, body: largeWorker }));
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/urls.txt', (route) => held.then(() => route.continue()));
  await page.goto(`${site.address}/sessions?q=tide`);
  await expect.poll(() => total(page).innerText()).toBe('At least 60 sessions');
  const looking = page.locator('[data-looking]');
  expect(await looking.innerText()).toContain(
    'Looked at 65\u202f536 of 1\u202f000\u202f000; 60 found so far',
  );
  await looking.getByRole('button', { name: 'Look through the rest' }).click();
  await expect
    .poll(() => looking.innerText())
    .toBe('Looked at 300\u202f000 of 1\u202f000\u202f000; 400 found so far');
  expect(await looking.getByRole('progressbar').getAttribute('value')).toBe('300000');
  release();
  await expect.poll(() => total(page).innerText()).toBe('700\u202f000 sessions');
  await page.getByRole('button', { name: 'Count their bytes' }).click();
  await expect.poll(() => page.locator('[data-sum]').innerText()).toBe('5.00 TB; MIT 700\u202f000');
  expect(await looking.isVisible()).toBe(false);
});

/** A worker that keeps its second list to itself until somebody asks for urls.txt. */
const slowWorker = (cards: readonly object[]) => `
  const cards = ${JSON.stringify(cards)};
  let looks = 0;
  onmessage = async ({ data: { id, kind, page } }) => {
    const tell = (answer) => postMessage({ id, ...answer });
    if (kind === 'forget') await fetch('/forgotten');
    if (kind === 'take') tell({ kind: 'file', lines: new Blob(['taken']), sessions: 1 });
    if (kind !== 'look') return;
    looks += 1;
    if (looks > 1) await fetch('/urls.txt');
    tell({ kind: 'page', cards: cards.slice(looks - 1), page, total: null });
    tell({ kind: 'found', total: 120, bytes: 1, licenses: {} });
  };`;

async function exploreSlowly(search: string) {
  const page = await open();
  const cards = rows.slice(0, 60).map((row) => ({ ...row, file_count: row.files.length }));
  await page.route(/\/worker\.[\w-]+\.js$/, (route) =>
    route.fulfill({ ...asScript, body: slowWorker(cards) }),
  );
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/urls.txt', (route) => held.then(() => route.continue()));
  await page.goto(`${site.address}/sessions${search}`);
  await expect.poll(() => total(page).innerText()).toBe('120 sessions');
  return { page, release };
}

test('what is taken along while another page is on its way comes, and so does the page', async () => {
  const { page, release } = await exploreSlowly('?q=tide');
  const [first = '', second = ''] = await titles(page);
  await page.getByRole('link', { name: 'Older' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'urls.txt' }).click();
  await coming;
  expect((await titles(page))[0]).toBe(first);
  release();
  await expect.poll(async () => (await titles(page))[0]).toBe(second);
  expect(await page.locator('[data-pager] p').innerText()).toMatch(/of 120, page 2 of 3$/);
});

test('of thousands of values so many are shown as one can look through', async () => {
  const page = await open();
  const tag = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`tag ${at}`, 5_000 - at]));
  await page.route(/\/worker\.[\w-]+\.js$/, (route) =>
    route.fulfill({
      ...asScript,
      body: `onmessage = ({ data: { id, kind } }) => {
        if (kind === 'look') postMessage({ id, kind: 'counts', counts: ${JSON.stringify({ tag })}, others: {} });
      }`,
    }),
  );
  await page.goto(`${site.address}/sessions?q=tide`);
  const facet = page.locator('[data-facet=tag]');
  await facet.locator('summary').click();
  await facet.getByRole('button', { name: / more$/ }).click();
  await expect.poll(() => facet.locator('input').count()).toBe(300);
  expect(await facet.innerText()).toContain('4700 rarer ones are not named here.');
});

test('who pastes the address of a gist is led to what became of it', async () => {
  const page = await explore('');
  const { gist_id, gist_url } = rows[7] as DatasetRow;
  await page.getByRole('searchbox').fill(gist_url);
  await page.getByRole('link', { name: /whether it is listed/ }).click();
  await page.waitForURL(/am-i-in-it/);
  expect(new URL(page.url()).searchParams.get('gist')).toBe(gist_url);
  expect(await page.locator(`a[href="/sessions/${gist_id}"]`).count()).toBeGreaterThan(0);
});

test('who asks for something else stops what the worker still does', async () => {
  const { page } = await exploreSlowly('?q=tide');
  const forgotten = page.waitForRequest('**/forgotten');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await forgotten;
  await shows(page, rows);
});

test('a worker that breaks once nobody waits for it is no trouble', async () => {
  const page = await open();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/worker\.[\w-]+\.js$/, (route) => held.then(() => route.abort()));
  await page.goto(`${site.address}/sessions?agent=codex`);
  await page.getByRole('button', { name: 'Remove Agent: Codex' }).click();
  await shows(page, rows);
  const failed = page.waitForEvent('requestfailed');
  release();
  await failed;
  await page.unrouteAll();
  // Until the page has heard of it, and can start another one.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  expect(await page.getByRole('alert').isVisible()).toBe(false);
  await shows(page, rows);
  await page.getByRole('checkbox', { name: /^Codex/ }).check();
  await shows(page, codex);
});

test('the link that skips the head of the page leads to the content, and asks for nothing again', async () => {
  const page = await explore('?agent=codex');
  await shows(page, codex);
  let asked = 0;
  page.on('request', () => {
    asked += 1;
  });
  await page.locator('[data-list] tbody').evaluate((body) => {
    for (const row of body.children) row.setAttribute('data-seen', '');
  });
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#content$/);
  // Whoever looks again says so at once, and draws other rows later.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  expect(await page.locator('[data-explorer]').getAttribute('data-state')).toBe('ended');
  expect(await page.locator('[data-list] tr[data-seen]').count()).toBe(Math.min(50, codex.length));
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
  expect(asked).toBe(0);
});

test('all of it works by keyboard alone', async () => {
  const page = await explore();
  await page.keyboard.press('/');
  await page.keyboard.type('tide');
  await page.keyboard.press('Enter');
  await shows(
    page,
    rows.filter((row) => has(row, 'tide')),
  );
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name)).toBe('q');
  // Past the button, the order and the name of the first facet.
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  const [agent = ''] = new URL(page.url()).searchParams.getAll('agent');
  await shows(
    page,
    rows.filter((row) => has(row, 'tide') && row.agent === agent),
  );
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value)).toBe(agent);
});

test('keys of one letter are left alone where this browser was told so, on an enlarged page, too', async () => {
  const page = await explore('', { viewport: { width: 640, height: 480 } });
  await page.getByText('Narrow down').click();
  await page.locator('[data-keys-on]').uncheck();
  await page.locator('body').press('/');
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name)).not.toBe('q');
});

test('a selection is taken along as addresses and as rows', async () => {
  const page = await explore('?agent=codex&language=Rust');
  await shows(page, codexAndRust);
  for (const [button, ending, line] of [
    ['urls.txt', 'txt', (row: DatasetRow) => row.gist_url],
    ['NDJSON', 'ndjson', (row: DatasetRow) => JSON.stringify(row)],
  ] as const) {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe(`openagentsessions-${codexAndRust.length}-sessions.${ending}`);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toBe(codexAndRust.map((row) => `${line(row)}\n`).join(''));
  }
  expect(await page.locator('[data-told]').innerText()).toMatch(/^\d+ sessions, .*; .*MIT \d+/);
});

test('everything is taken along as the published files', async () => {
  const page = await explore();
  const link = page.getByRole('link', { name: 'submissions.ndjson' });
  const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', site.address).href);
  expect((await answer.text()).split('\n')).toHaveLength(rows.length + 1);
});

test('without JavaScript the page is the newest sessions, with other ways to narrow them and no dead control', async () => {
  const page = await explore('', { javaScriptEnabled: false });
  expect(await titles(page)).toEqual(titlesOf(rows.slice(0, 50)));
  expect(await page.locator('main :is(input, select, button):visible').count()).toBe(0);
  expect(await page.getByRole('main').innerText()).toContain('Narrowing this list needs JavaScript');
  await page.getByRole('link', { name: 'Older' }).click();
  await page.waitForURL(`${site.address}/sessions/page/2`);
  expect(await page.locator('main tbody th a').allInnerTexts()).toEqual(titlesOf(rows.slice(50, 100)));
});

test.each(['', '?agent=codex&q=tide', '?agent=nobody', '?page=99'])(
  'nobody is kept from using /sessions%s',
  async (search) => {
    const page = await explore(search);
    await expect.poll(() => total(page).innerText()).toMatch(/\d sessions?$/);
    expect(await problems(page)).toEqual([]);
  },
);
