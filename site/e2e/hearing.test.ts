import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { atomDocument, escapeMarkup } from '#domain/atom.ts';
import { reasons } from '#domain/moderation.ts';
import { decided, submitted } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { card, notice, press, signIn } from './people.ts';
import { claudeSession } from './sessions.ts';

const dev = inject('dev');
const open = useBrowser();

const mark = (page: Page) => page.getByRole('banner').getByRole('link', { name: /new on your submissions$/ });
const list = (page: Page) => page.getByRole('region', { name: 'New since you last looked' });
const rejection = { decision: 'reject', reason: 'not_a_session', note: 'These are notes.\nWhere is it?' };

test('a rejection is marked beside the login, told under My submissions, seen then, and in the feed', async () => {
  const gist = await writeGist(dev.gists, 'listener', 'first', { title: 'Notes of a listener' });
  const contributor = await open({ javaScriptEnabled: false });
  await signIn(contributor, dev, gist.login);
  const revision = await submitted(contributor, dev, gist);
  const moderator = await open();
  await signIn(moderator, dev, 'moderator', '/moderation');

  await contributor.goto(`${dev.url}/submit`);
  expect(await mark(contributor).count()).toBe(0);
  await decided(moderator, dev, gist, { ...rejection, revision });
  await contributor.reload();
  expect(await mark(contributor).innerText()).toContain('1 new');
  expect(await mark(contributor).locator('svg[aria-hidden=true]').count()).toBe(1);

  await press(contributor, mark(contributor));
  expect(contributor.url()).toBe(`${dev.url}/mine`);
  expect(await mark(contributor).count()).toBe(0);
  expect(await list(contributor).innerText()).toMatch(/Rejected: Notes of a listener/);
  await list(contributor).getByRole('link', { name: gist.title }).click();
  expect(contributor.url()).toBe(`${dev.url}/mine#title-${gist.id}`);
  const mine = await card(contributor, gist.title).innerText();
  expect(mine).toMatch(/New: rejected on \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  expect(mine).toContain('Answer the rejection, once, or edit the gist and submit its new revision.');

  await contributor.goto(`${dev.url}/submit`);
  expect(await mark(contributor).count()).toBe(0);
  await contributor.goto(`${dev.url}/mine`);
  expect(await list(contributor).count()).toBe(0);
  expect(await card(contributor, gist.title).innerText()).not.toContain('New:');

  await press(contributor, contributor.getByRole('button', { name: 'Make a feed' }));
  expect(await notice(contributor)).toContain('Done. The address of your feed is below');
  const first = await contributor.getByLabel('Address of your feed').inputValue();
  const feed = await contributor.request.get(first);
  expect(feed.headers()['content-type']).toBe('application/atom+xml; charset=utf-8');
  const [entry] = await entriesOf(await open(), await feed.text());
  expect(entry?.title).toBe('Rejected: Notes of a listener');
  expect(entry?.words).toContain(reasons.not_a_session);
  expect(entry?.words).toContain('These are notes.');
  expect(entry?.links).toContain(`${dev.url}/submit?gist=${gist.id}`);

  await press(contributor, contributor.getByRole('button', { name: 'Replace the address' }));
  const second = await contributor.getByLabel('Address of your feed').inputValue();
  expect(second).not.toBe(first);
  expect((await contributor.request.get(first)).status()).toBe(404);
  await press(contributor, contributor.getByRole('button', { name: 'Revoke it' }));
  expect(await notice(contributor)).toContain('Revoked.');
  expect((await contributor.request.get(second)).status()).toBe(404);
  expect(await contributor.getByLabel('Address of your feed').count()).toBe(0);
});

test('two gists decided while a page is open are two new ones, each with its card', async () => {
  const gists = await Promise.all(
    ['one', 'two'].map((name) => writeGist(dev.gists, 'waiter', name, { title: `Waiting ${name}` })),
  );
  const contributor = await open();
  await signIn(contributor, dev, 'waiter');
  const moderator = await open();
  await signIn(moderator, dev, 'moderator', '/moderation');
  for (const gist of gists) {
    const revision = await submitted(contributor, dev, gist);
    await decided(moderator, dev, gist, { decision: 'approve', revision });
  }
  await contributor.goto(`${dev.url}/submit`);
  expect(await mark(contributor).innerText()).toContain('2 new');
  // What a browser fetches ahead of a click was not looked at.
  await contributor.request.get(`${dev.url}/mine`, { headers: { 'sec-purpose': 'prefetch' } });
  await contributor.reload();
  expect(await mark(contributor).innerText()).toContain('2 new');
  await press(contributor, mark(contributor));
  expect(await list(contributor).getByRole('listitem').count()).toBe(2);
  for (const { title } of gists) {
    expect(await card(contributor, title).innerText()).toMatch(/New: approved on .*Nothing to do\./s);
  }
});

test('news of a gist further down the list lead to the page it is on', async () => {
  const old = await writeGist(dev.gists, 'prolific', 'old', { title: 'The oldest of many' });
  const contributor = await open();
  await signIn(contributor, dev, old.login);
  const revision = await submitted(contributor, dev, old);
  for (let n = 1; n <= 50; n += 1) {
    const files = { 'session.jsonl': claudeSession({ prompt: `Question ${n}` }) };
    const gist = await writeGist(dev.gists, old.login, `n-${n}`, { title: `One of many ${n}`, files });
    await submitted(contributor, dev, gist);
    // Still on the list, and out of the moderators' queue, which other tests read the first page of.
    await contributor.request.post(`${dev.url}/api/submissions/${gist.id}/withdraw`);
  }
  const moderator = await open();
  await signIn(moderator, dev, 'moderator', '/moderation');
  await decided(moderator, dev, old, { decision: 'approve', revision });
  await contributor.goto(`${dev.url}/mine`);
  expect(await card(contributor, old.title).count()).toBe(0);
  await list(contributor).getByRole('link', { name: old.title }).click();
  await card(contributor, old.title).waitFor();
  expect(new URL(contributor.url()).hash).toBe(`#title-${old.id}`);
});

test('a browser’s XML reader takes a feed whatever its texts hold', async () => {
  const hostile = [
    'a]]>b',
    '</title><x>',
    '\u0000\u0001\u0008\u000b\u001f\u007f\u0085',
    '&amp;&#0;',
    '\ud800',
    '\uffff\ufffe',
  ];
  const text = `${hostile.join(' ')} ${'🧶'.repeat(1000)}`;
  const at = new Date('2026-11-22T06:00:00.000Z');
  const feed = atomDocument({
    id: 'tag:index.test,2026:news/1',
    title: text,
    updated: at,
    author: text,
    self: 'https://index.test/api/feed',
    alternate: 'https://index.test/mine',
    entries: [
      {
        id: 'tag:index.test,2026:move/1',
        title: text,
        updated: at,
        alternate: 'https://index.test/mine',
        html: `<p>${escapeMarkup(text)}</p>`,
      },
    ],
  });
  const [entry] = await entriesOf(await open(), feed);
  for (const words of [entry?.title, entry?.words]) {
    expect(words).toContain('a]]>b </title><x>');
    expect(words).toContain('&amp;&#0;');
    expect(words?.match(/🧶/gu)).toHaveLength(1000);
  }
});

/** The entries of a feed, read by the browser. Throws where it is no XML, or no feed of RFC 4287. */
async function entriesOf(
  page: Page,
  xml: string,
): Promise<{ title: string; words: string; links: string[] }[]> {
  return await page.evaluate((text) => {
    const atom = 'http://www.w3.org/2005/Atom';
    const feed = new DOMParser().parseFromString(text, 'application/xml').documentElement;
    if (feed.namespaceURI !== atom || feed.localName !== 'feed')
      throw new Error(feed.textContent ?? 'no XML');
    const one = (within: Element, name: string): Element => {
      const [found, ...others] = [...within.children].filter(
        ({ namespaceURI, localName }) => namespaceURI === atom && localName === name,
      );
      if (!found || others.length > 0) throw new Error(`not one ${name}`);
      return found;
    };
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    for (const name of ['id', 'title', 'updated', 'author']) one(feed, name);
    return [...feed.getElementsByTagNameNS(atom, 'entry')].map((entry) => {
      for (const name of ['id', 'link']) one(entry, name);
      if (!time.test(one(entry, 'updated').textContent ?? '')) throw new Error('updated is no time');
      const content = one(entry, 'content');
      if (content.getAttribute('type') !== 'html') throw new Error('content is no HTML');
      const html = new DOMParser().parseFromString(content.textContent ?? '', 'text/html');
      return {
        title: one(entry, 'title').textContent ?? '',
        words: html.body.textContent ?? '',
        links: [...html.querySelectorAll('a')].map(({ href }) => href),
      };
    });
  }, xml);
}
