import { beforeAll, expect, inject, test } from 'vitest';
import { published } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';

const dev = inject('dev');
const open = useBrowser();
const gist = await writeGist(dev.gists, 'counted', 'one', { title: 'A session to count' });

beforeAll(async () => {
  await published(await open(), await open(), dev, [gist]);
});

test('every drawing says what it shows, and its numbers are a table beside it', async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${dev.url}/dataset/statistics`);
  const figures = await page.getByRole('figure').all();
  expect(figures.length).toBeGreaterThanOrEqual(5);
  for (const figure of figures) {
    const drawing = figure.locator('svg[role=img]');
    expect(await drawing.getAttribute('aria-labelledby')).toMatch(/^\S+-title \S+-desc$/);
    expect((await drawing.locator('desc').textContent())?.length).toBeGreaterThan(5);
    await figure.locator('summary').click();
    expect(await figure.getByRole('row').count()).toBeGreaterThan(1);
  }
});

test('the numbers are those of the published files', async () => {
  const page = await open();
  const at = `${dev.url}/dataset/latest`;
  const manifest = await (await page.request.get(`${at}/manifest.json`)).json();
  const { months } = await (await page.request.get(`${at}/standing.json`)).json();
  await page.goto(`${dev.url}/dataset/statistics`);
  await page.locator('#growth').locator('xpath=ancestor::section').locator('summary').click();
  const growth = page.getByRole('region', { name: 'Numbers: growth' });
  const last = await growth.getByRole('row').last().getByRole('cell').last().innerText();
  expect(Number(last.replace(/\D/g, ''))).toBe(manifest.record_count);

  const listed = months.reduce((sum: number, month: { listed: number }) => sum + month.listed, 0);
  expect(listed).toBe(manifest.record_count);
  await page.locator('#health').locator('xpath=ancestor::section').locator('summary').click();
  const health = page.getByRole('region', { name: 'Numbers: link health' });
  expect(await health.getByRole('row').count()).toBe(months.length + 1);
});

test.each([360, 1280])('at %i pixels a drawing’s text can be read and stays inside it', async (width) => {
  const page = await open({ viewport: { width, height: 800 } });
  await page.goto(`${dev.url}/dataset/statistics`);
  const texts = await page.locator('figure svg text').evaluateAll((all) =>
    all.map((text) => {
      const box = text.getBoundingClientRect();
      const outer = text.closest('figure')?.getBoundingClientRect() ?? box;
      return {
        size: Number.parseFloat(getComputedStyle(text).fontSize),
        height: box.height,
        inside: box.left >= outer.left - 1 && box.right <= outer.right + 1,
      };
    }),
  );
  expect(texts.length).toBeGreaterThan(10);
  for (const { size, height, inside } of texts) {
    expect(size).toBeGreaterThanOrEqual(12);
    // Not made smaller by the drawing it is in.
    expect(height).toBeGreaterThanOrEqual(size);
    expect(inside).toBe(true);
  }
});
