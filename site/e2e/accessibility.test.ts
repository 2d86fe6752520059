import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { decided, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { signIn, submit } from './people.ts';
import { problems, problemsAt } from './problems.ts';

const dev = inject('dev');
const open = useBrowser();

const login = 'many-sided';
const gistOf = (name: string) => writeGist(dev.gists, login, name, { title: `A session that is ${name}` });
const listed = await gistOf('listed');
const pending = await gistOf('pending');

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;
let contributor: Cookies;
let moderator: Cookies;
let profile: string;

beforeAll(async () => {
  const owner = await open();
  await signIn(owner, dev, login);
  const decider = await open();
  await signIn(decider, dev, 'moderator');
  await submitted(owner, dev, pending);
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
  await exportDataset(dev);
  profile = `/contributors/${(await (await owner.request.get(`${dev.url}/api/me`)).json()).id}`;
  contributor = await owner.context().storageState();
  moderator = await decider.context().storageState();
});

describe('a visitor', () => {
  test.each([
    '/',
    '/sessions',
    `/sessions/${listed.id}`,
    '/dataset',
    '/contribute',
    '/policy',
    '/privacy',
    '/log',
    '/nowhere',
    '/sign-in',
    '/submit',
    '/report',
    '/mine',
  ])('has no trouble at %s', async (path) => {
    expect(await problemsAt(await open(), dev.url + path)).toEqual([]);
  });

  test('has no trouble at a contributor’s page', async () => {
    expect(await problemsAt(await open(), dev.url + profile)).toEqual([]);
  });
});

describe('a contributor', () => {
  test.each(['/submit', '/mine', `/report?gist=${listed.id}`, '/report?gist=nonsense', '/sign-in'])(
    'has no trouble at %s',
    async (path) => {
      expect(await problemsAt(await open({ storageState: contributor }), dev.url + path)).toEqual([]);
    },
  );

  test('has no trouble where a submission was refused', async () => {
    const page = await open({ storageState: contributor });
    await submit(page, dev, { gist: 'https://example.org/', license: 'MIT', attested: true });
    expect(await problems(page)).toEqual([]);
  });

  test('sees where the keyboard is on every step through the form', async () => {
    const page = await open({ storageState: contributor });
    await page.goto(`${dev.url}/submit`);
    const stops = await page.evaluate(() => document.querySelectorAll('a, button, input').length);
    const seen: string[] = [];
    for (let step = 0; step < stops; step += 1) {
      await page.keyboard.press('Tab');
      const { name, outline } = await page.evaluate(focused);
      if (name === 'BODY') break;
      expect(outline, name).toBeGreaterThanOrEqual(2);
      seen.push(name);
    }
    expect(seen).toEqual(expect.arrayContaining(['gist_url', 'license', 'attested', 'Submit this gist']));
  });
});

describe('a moderator', () => {
  test.each([
    '/moderation',
    `/moderation/${pending.id}`,
    `/moderation/${listed.id}`,
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
