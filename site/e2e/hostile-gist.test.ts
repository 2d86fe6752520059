import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { decided, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { signIn } from './people.ts';
import { layoutProblems } from './problems.ts';
import { claudeSession } from './sessions.ts';

const dev = inject('dev');
const open = useBrowser();

const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const titles = {
  markup: `</title></h1></script>"'>${script}<h1 id=injected>`,
  turned: 'invoice\u202Egpj.exe\u202D\u2066 \u061C\u200F (right to left)',
  long: 'unbreakable'.repeat(23).slice(0, 250),
  emoji: '🦾🏽👩‍👩‍👧‍👦 ﷽ Z\u0351\u036BA\u0334\u0335L\u0320\u0368G\u033B\u0348O\u0328\u0321',
};
const files = {
  '<img src=x onerror=alert(3)>.jsonl': '{}\n',
  [`${'n'.repeat(200)}.jsonl`]: '{}\n',
  'rtl\u202Elnosj.txt': `${script}\n`,
  'session.jsonl': claudeSession({
    model: `</dd>${script}`,
    tool: `${'tool'.repeat(40)}\u202E`,
    result: `${script} in /home/mallory/loot`,
  }),
  'openagentsessions.json': JSON.stringify({
    schema_version: '1.0.0',
    session: { agent: script, model: 'unbreakable'.repeat(9), topic: `\u202E${script}` },
    tags: ['<b>bold</b>', 'unbreakable'.repeat(3)],
  }),
};

/** Fails on the first sign that something of the gist is more than text. */
async function harmless(page: Page, path: string): Promise<void> {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(dev.url + path);
  expect(await page.locator('#injected, [onerror], img').count(), path).toBe(0);
  expect(await page.getByRole('heading', { level: 1 }).count(), path).toBe(1);
  expect(await layoutProblems(page), path).toEqual([]);
  expect(dialogs, path).toEqual([]);
}

test('whatever an address asks for, its words stay words', async () => {
  const page = await open();
  const asked = Object.values(titles).map(encodeURIComponent);
  for (const words of asked) {
    await harmless(page, `/am-i-in-it?login=${words}&gist=${words}`);
    await harmless(page, `/sessions/${words}`);
    await harmless(page, `/sessions/page/${words}`);
    await harmless(page, `/contributors/${words}`);
    await harmless(page, `/contributors/1/page/${words}`);
  }
});

test('whatever a gist is called, its words stay words and the pages keep their shape', async () => {
  const owner = await open();
  const moderator = await open();
  const ids: string[] = [];
  for (const [name, title] of Object.entries(titles)) {
    const gist = await writeGist(dev.gists, 'mallory', name, { title, files });
    if (ids.length === 0) {
      await signIn(owner, dev, gist.login);
      await signIn(moderator, dev, 'moderator');
    }
    ids.push(gist.id);
    await harmless(owner, `/submit?gist=${gist.id}`);
    const revision = await submitted(owner, dev, gist);
    if (name === 'markup') {
      await harmless(moderator, '/moderation');
      await harmless(moderator, `/moderation/${gist.id}`);
    }
    await decided(moderator, dev, gist, { decision: 'approve', revision, note: script });
  }
  await harmless(owner, '/mine');
  await harmless(owner, '/submit');
  await exportDataset(dev);

  const me = await (await owner.request.get(`${dev.url}/api/me`)).json();
  const own = ids.flatMap((id) => [`/sessions/${id}`, `/am-i-in-it?gist=${id}`]);
  for (const path of ['/', '/sessions', `/contributors/${me.id}`, '/am-i-in-it?login=mallory', ...own]) {
    await harmless(owner, path);
  }
  await owner.goto(`${dev.url}/sessions/${ids[0]}`);
  expect(await owner.getByRole('heading', { level: 1 }).innerText()).toBe(titles.markup);
});
