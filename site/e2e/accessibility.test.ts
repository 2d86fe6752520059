import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { decided, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { check, signIn } from './people.ts';
import { problems, problemsAt } from './problems.ts';
import { claudeSession, token } from './sessions.ts';

const dev = inject('dev');
const open = useBrowser();

const login = 'many-sided';
const gistOf = (name: string) => writeGist(dev.gists, login, name, { title: `A session that is ${name}` });
const listed = await gistOf('listed');
const pending = await gistOf('pending');
const offered = await gistOf('offered');
const blocked = await writeGist(dev.gists, login, 'blocked', {
  title: 'A session with a token in it',
  files: { 'session.jsonl': claudeSession({ result: `${token} in /home/lovelace/engine` }) },
});
const contrary = await writeGist(dev.gists, login, 'contrary', {
  title: 'A session declared otherwise, with a file cut off',
  files: {
    'session.jsonl': claudeSession(),
    'cut.jsonl': claudeSession({ prompt: 'Again' }).slice(0, -200),
    'notes.txt': 'Not a session.\n',
    'openagentsessions.json': JSON.stringify({
      schema_version: '1.0.0',
      license: 'MIT',
      consent_confirmed: true,
      session: { agent: 'Codex', topic: 'Commas in a parser' },
      tags: ['parser', 'bugfix'],
    }),
  },
});
const unusable = await writeGist(dev.gists, login, 'unusable', {
  title: 'No session, and a declaration that is none',
  files: { 'notes.txt': 'Not a session.\n', 'openagentsessions.json': '{}' },
});

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;
let contributor: Cookies;
let moderator: Cookies;

beforeAll(async () => {
  const owner = await open();
  await signIn(owner, dev, login);
  const decider = await open();
  await signIn(decider, dev, 'moderator');
  await submitted(owner, dev, pending);
  await submitted(owner, dev, contrary);
  await submitted(owner, dev, unusable);
  const fates = {
    rejected: { decision: 'reject', reason: 'low_quality', note: 'Too short.\nThe tool calls are missing.' },
    removed: { decision: 'remove', reason: 'personal_data', note: 'It names a person.' },
    approved: { decision: 'approve' },
  };
  for (const [name, fate] of Object.entries(fates)) {
    const gist = await gistOf(name);
    await decided(decider, dev, gist, { ...fate, revision: await submitted(owner, dev, gist) });
  }
  const withdrawn = await gistOf('withdrawn');
  await submitted(owner, dev, withdrawn);
  await owner.request.post(`${dev.url}/api/submissions/${withdrawn.id}/withdraw`);
  await decided(decider, dev, listed, { decision: 'approve', revision: await submitted(owner, dev, listed) });
  const reported = await gistOf('reported');
  await decided(decider, dev, reported, {
    decision: 'approve',
    revision: await submitted(owner, dev, reported),
  });
  const report = { reason: 'secret', text: 'Line 12 of the session holds a key.' };
  await decider.request.post(`${dev.url}/api/submissions/${reported.id}/report`, { data: report });
  await owner.request.post(`${dev.url}/api/submissions/feed`, { data: { action: 'create' } });
  await exportDataset(dev);
  contributor = await owner.context().storageState();
  moderator = await decider.context().storageState();
});

// Every kind of page as it usually is: built-pages.test.ts. Here, what else may stand on it.
describe('a visitor', () => {
  test.each([
    `/sessions/${'0'.repeat(32)}`,
    '/sessions/page/9',
    '/contributors/9',
    `/am-i-in-it?login=${login}&gist=${listed.id}`,
    `/am-i-in-it?login=nobody&gist=${'0'.repeat(32)}`,
    '/am-i-in-it?login=-&gist=-',
    '/submit',
    '/report',
    '/mine',
    '/moderation',
    `/moderation/${listed.id}`,
  ])('has no trouble at %s', async (path) => {
    expect(await problemsAt(await open(), dev.url + path)).toEqual([]);
  });
});

describe('a contributor', () => {
  test.each([
    '/submit',
    '/submit?page=9',
    `/submit?gist=${offered.id}`,
    `/submit?gist=${blocked.id}`,
    `/submit?gist=${contrary.id}`,
    `/submit?gist=${unusable.id}`,
    '/mine',
    `/report?gist=${listed.id}`,
    '/report?gist=nonsense',
    '/sign-in',
  ])('has no trouble at %s', async (path) => {
    expect(await problemsAt(await open({ storageState: contributor }), dev.url + path)).toEqual([]);
  });

  test('has no trouble where a submission was refused', async () => {
    const page = await open({ storageState: contributor });
    await check(page, dev, 'https://example.org/');
    expect(await problems(page)).toEqual([]);
  });

  test.each([
    ['/submit', ['gist', 'Check this gist']],
    [`/submit?gist=${offered.id}`, ['license', 'attested', 'Submit this gist']],
  ])('sees where the keyboard is on every step through %s', async (path, stations) => {
    const page = await open({ storageState: contributor });
    await page.goto(dev.url + path);
    const stops = await page.evaluate(() => document.querySelectorAll('a, button, input, summary').length);
    const seen: string[] = [];
    for (let step = 0; step < stops; step += 1) {
      await page.keyboard.press('Tab');
      const { name, outline } = await page.evaluate(focused);
      if (name === 'BODY') break;
      expect(outline, name).toBeGreaterThanOrEqual(2);
      seen.push(name);
    }
    expect(seen).toEqual(expect.arrayContaining(stations));
  });
});

describe('a moderator', () => {
  test.each([
    '/moderation',
    `/moderation?case=${contrary.id}`,
    '/moderation?flag=suspected',
    '/moderation?flag=nonsense',
    `/moderation/${pending.id}`,
    `/moderation/${listed.id}`,
    `/moderation/${contrary.id}`,
    `/moderation/${unusable.id}`,
    '/moderation?gist=nonsense',
  ])('has no trouble at %s', async (path) => {
    expect(await problemsAt(await open({ storageState: moderator }), dev.url + path)).toEqual([]);
  });
});

/** Runs in the page: what has the focus, and how thick the line around it is, in px. */
function focused(): { name: string; outline: number } {
  const element = document.activeElement ?? document.body;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return {
    name:
      element.getAttribute('name') ??
      (element === document.body ? 'BODY' : (element.textContent ?? '').trim()),
    outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
  };
}
