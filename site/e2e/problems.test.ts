import { expect, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { layoutProblems, problems } from './problems.ts';

const open = useBrowser();
const page = (main: string) =>
  `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${main}</main>`;

test.each([
  ['<p>All is well.</p>', []],
  [
    '<img src="data:,">',
    ['1280 light: image-alt', '1280 dark: image-alt', '360 light: image-alt', '360 dark: image-alt'],
  ],
  [
    '<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style><p>Too pale in the dark.</p>',
    ['1280 dark: color-contrast', '360 dark: color-contrast'],
  ],
  ['<p style="width: 600px">Too wide for a phone.</p>', ['360: 608 px wide', '320: 608 px wide']],
  [
    '<button style="height: 20px; width: 99px">Flat</button>',
    ['1280: 99 × 20 px', '360: 99 × 20 px', '320: 99 × 20 px'],
  ],
])('%s', async (main, found) => {
  const shown = await open();
  await shown.setContent(page(main));
  const seen = await problems(shown);
  expect(seen.map((problem, i) => problem.slice(0, found[i]?.length))).toEqual(found);
});

test('the phone’s layout is what is judged on a phone', async () => {
  const shown = await open();
  await shown.setContent(page('<style>@media (width < 350px) { p { width: 500px } }</style><p>Wide</p>'));
  expect(await layoutProblems(shown)).toEqual([expect.stringContaining('320: 508 px wide')]);
});
