import { expect, inject, test } from 'vitest';
import { useBrowser } from './browser.ts';
import { focused, shown, standing, waiting } from './desk-world.ts';
import { queueRow, signIn } from './people.ts';

const dev = inject('dev');
const open = useBrowser();

test('where there is no other moderator to ask, a row can be skipped, and nothing is sent of it', async () => {
  const titles = ['Too hard for now', 'Easier'];
  const gists = await waiting(await open(), dev, 'alone', titles);
  const page = await open();
  await signIn(page, dev, 'moderator', `/moderation?case=${gists[0]?.id}`);
  await shown(page, 'Too hard for now');
  expect(await page.getByRole('button', { name: 'Ask another moderator' }).count()).toBe(0);
  const posts: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(new URL(request.url()).pathname));
  await page.keyboard.press('e');
  await shown(page, 'Easier');
  expect(await focused(page)).toBe('Easier');
  expect(await queueRow(page, 'Too hard for now').innerText()).toContain('Skipped for now.');
  expect(posts.filter((path) => !path.endsWith('/reading'))).toEqual([]);
  expect(await standing(page, dev, gists[0] ?? { id: '' })).toMatchObject({
    state: 'pending',
    escalated: null,
  });
});
