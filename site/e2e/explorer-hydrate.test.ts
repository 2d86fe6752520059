import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { largeIndex } from '../../actions/bench/large-index.ts';
import { listedRow } from '../../actions/copy/listed-row.ts';
import { isSelected, readSelection } from '../../actions/copy/selection/selection.ts';
import { useBrowser } from './browser.ts';
import { startBuilt } from './explorer-world.ts';
import { problems } from './problems.ts';

/* The command that the list of sessions gives for what is selected in it. */

const rows: DatasetRow[] = [...largeIndex(60)].map((line, at) => ({
  ...JSON.parse(line),
  title: `${at % 2 === 0 ? 'Fix' : 'Port'} the parser ${at}`,
  started_at: at % 3 === 0 ? '2026-03-31T23:59:59' : '2026-04-01T00:00:00.000Z',
  tags: at % 4 === 0 ? ['say "hi"'] : [],
}));

const open = useBrowser();
let site: Awaited<ReturnType<typeof startBuilt>>;
beforeAll(async () => {
  site = await startBuilt(rows);
});
afterAll(() => site?.stop());

const block = (page: Page) => page.locator('[data-hydrate]');
const command = (page: Page) => block(page).locator('code');
const copy = (page: Page) => block(page).getByRole('button');
const hint = (page: Page) => block(page).getByText('No flags of the command choose just these sessions.');
const start = () => `npx openagentsessions hydrate --from ${site.address}/dataset`;

async function explore(search = '', options?: Parameters<typeof open>[0]): Promise<Page> {
  const page = await open(options);
  await page.goto(`${site.address}/sessions${search}`);
  if (options?.javaScriptEnabled !== false) await page.locator('[data-explorer].live').waitFor();
  await block(page).locator('summary').click();
  return page;
}

test('everything is fetched by the command alone, and it can be copied', async () => {
  const page = await explore('', { permissions: ['clipboard-write'] });
  await expect.poll(() => command(page).innerText()).toBe(start());
  await copy(page).click();
  await expect.poll(() => copy(page).innerText()).toBe('Copied');
  // Pages of ours may not read what was copied: it is pasted.
  await page.evaluate(() => document.body.appendChild(document.createElement('textarea')).focus());
  await page.keyboard.press('Control+V');
  expect(await page.locator('body > textarea').inputValue()).toBe(start());
});

test('what its fields tell is chosen by flags, and no file is asked for', async () => {
  const page = await explore('?agent=codex&agent=pi&license=MIT&from=2026-04&to=2026-04&fit=paired');
  await expect
    .poll(() => command(page).innerText())
    .toBe(
      `${start()} --where "agent=codex,pi" --where license=MIT --where tool_calls_paired=true --where "started_at>=2026-04-01" --where "started_at<2026-05-01"`,
    );
  expect(await hint(page).isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Remove Licence: MIT' }).click();
  await expect.poll(() => command(page).innerText()).not.toContain('license');
});

test.each([
  '?agent=codex',
  '?agent=codex&agent=pi&license=MIT&license=CC0-1.0',
  '?language=Rust&fit=paired&fit=whole',
  '?fit=unredacted&fit=clean&from=2026-04',
  '?month=2026-03',
  '?contributor=CONTRIBUTOR&model=MODEL',
])('what the flags choose is what is shown at /sessions%s', async (search) => {
  const { gist_owner_id, models } = rows.find((row) => (row.models?.length ?? 0) > 0) ?? {};
  const page = await explore(
    search
      .replace('CONTRIBUTOR', String(gist_owner_id))
      .replace('MODEL', encodeURIComponent(models?.[0] ?? '')),
  );
  await expect.poll(() => page.locator('[data-list]').getAttribute('aria-busy')).toBe(null);
  await expect.poll(() => command(page).innerText()).toContain('--where');
  const conditions = (await command(page).innerText()).split(' --where ').slice(1);
  const selection = await readSelection({ where: conditions.map((each) => each.replaceAll('"', '')) });
  const chosen = rows.filter((row) => isSelected(listedRow.parse(row), selection));
  expect(chosen.length).toBeGreaterThan(0);
  await expect
    .poll(() => page.locator('[data-list] tbody th a').allInnerTexts())
    .toEqual(chosen.slice(0, 50).map(({ title }) => title));
});

test.each([
  ['words', '?q=fix', rows.filter(({ title }) => title.startsWith('Fix'))],
  ['a tag that shells would read', '?tag=say+%22hi%22', rows.filter(({ tags }) => tags.length > 0)],
])('%s need the file of the selection: the command names it once it is there', async (_, search, found) => {
  const page = await explore(search);
  await hint(page).waitFor();
  expect(await command(page).isVisible()).toBe(false);
  expect(await copy(page).count()).toBe(0);

  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'NDJSON' }).click();
  const file = (await coming).suggestedFilename();
  expect(file).toBe(`openagentsessions-${found.length}-sessions.ndjson`);
  await expect.poll(() => command(page).innerText()).toBe(`${start()} --ids ${file}`);
  expect(await hint(page).isVisible()).toBe(false);
  expect(await copy(page).isVisible()).toBe(true);

  await page.getByRole('checkbox', { name: /^Codex/ }).check();
  await hint(page).waitFor();
  expect(await command(page).isVisible()).toBe(false);
});

test('without JavaScript there is the command for everything, and no button that does nothing', async () => {
  const page = await explore('', { javaScriptEnabled: false });
  expect(await command(page).innerText()).toBe(start());
  expect(await block(page).locator('button:visible').count()).toBe(0);
});

test.each(['', '?q=fix'])('nobody is kept from using what is open at /sessions%s', async (search) => {
  const page = await explore(search);
  expect(await problems(page)).toEqual([]);
});
