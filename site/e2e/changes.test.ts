import { expect, inject, test } from 'vitest';
import { decided, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { signIn } from './people.ts';
import { problems } from './problems.ts';
import { claudeSession } from './sessions.ts';

const dev = inject('dev');
const open = useBrowser();

test('of a gist that was approved before, a moderator reads what changed in each file, line by line', async () => {
  const before = { 'notes.txt': 'one\ntwo\nthree\n', 'gone.txt': 'Not needed.\n' };
  const gist = await writeGist(dev.gists, 'reviser', 'revised', {
    title: 'Revised since',
    files: { 'session.jsonl': claudeSession(), ...before },
  });
  const owner = await open();
  await signIn(owner, dev, gist.login);
  const page = await open();
  await signIn(page, dev, 'moderator');
  await decided(page, dev, gist, { decision: 'approve', revision: await submitted(owner, dev, gist) });
  await owner.request.post(`${dev.url}/api/submissions/${gist.id}/withdraw`);
  await writeGist(dev.gists, gist.login, 'revised', {
    title: gist.title,
    files: {
      'session.jsonl': claudeSession({ result: '2 tests failed' }),
      'notes.txt': 'one\n2\nthree\n',
      'gone.txt': '',
    },
  });
  await submitted(owner, dev, gist);

  await page.goto(`${dev.url}/moderation/${gist.id}`);
  const changes = page.locator('[data-changes]');
  expect(await changes.locator('summary').allInnerTexts()).toHaveLength(3);
  const unfold = async (name: string) => {
    const file = changes.locator('details', { hasText: name });
    await file.locator('summary').click();
    await file.locator('.diff').waitFor();
    return {
      out: await file.locator('.diff del').allInnerTexts(),
      in: await file.locator('.diff ins').allInnerTexts(),
    };
  };
  const trimmed = (texts: string[]) => texts.map((text) => text.trim());
  const notes = await unfold('notes.txt');
  expect([trimmed(notes.out), trimmed(notes.in)]).toEqual([['- two'], ['+ 2']]);
  const session = await unfold('session.jsonl');
  expect(session.out.join()).toContain('1 test failed');
  expect(session.in.join()).toContain('2 tests failed');
  await page.context().setOffline(true);
  const gone = changes.locator('details', { hasText: 'gone.txt' });
  await gone.locator('summary').click();
  await gone.getByText('You are offline.').waitFor();
  await page.context().setOffline(false);
  await gone.locator('summary').click();
  expect(trimmed((await unfold('gone.txt')).out)).toEqual(['- Not needed.']);
  expect(await problems(page)).toEqual([]);
});
