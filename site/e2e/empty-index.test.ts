import { afterAll, beforeAll, expect, test } from 'vitest';
import { devFolder, endDev, type RunningDev, startDev } from '../../actions/dev/testing.ts';
import { useBrowser } from './browser.ts';
import { signIn } from './people.ts';
import { layoutProblems } from './problems.ts';

const open = useBrowser();
let dev: RunningDev;

beforeAll(async () => {
  dev = await startDev(await devFolder());
});
afterAll(() => endDev(dev));

test.each([
  ['/', 'Nothing is listed yet'],
  ['/sessions', 'Nothing is listed yet'],
  ['/dataset', 'No snapshot has been exported yet'],
  ['/dataset/recipes', 'download.sh'],
  ['/dataset/statistics', 'Nothing to count yet'],
  ['/dataset/snapshots', 'No snapshot has been exported yet'],
  ['/log', 'Nothing has been listed yet'],
  ['/mine', 'You have submitted nothing yet'],
  ['/moderation', 'The queue is empty'],
])('an index without a session says so at %s', async (path, words) => {
  const page = await open();
  await signIn(page, dev, 'moderator', path);
  expect(await page.getByRole('main').innerText()).toContain(words);
  expect(await layoutProblems(page)).toEqual([]);
});
