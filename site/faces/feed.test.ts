import { XmlDocument } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { atomDocument } from '#domain/atom.ts';
import { cardText, readCard } from '../browse/card.ts';
import { exampleRow } from '../published/example-rows.ts';
import { sessionFeed } from './feed.ts';
import { jsonFeedText } from './json-feed.ts';

const site = new URL('https://index.test');
const feedOf = (...rows: Parameters<typeof exampleRow>[0][]) =>
  sessionFeed({
    site,
    agent: null,
    cards: rows.map((row) => readCard(cardText(exampleRow(row)))),
    generatedAt: '2026-11-22T06:00:00.000Z',
  });

/** What somebody could write where a text is free, in an index that some other program wrote, too. */
const hostile = {
  markup: '<script>alert(1)</script> & ]]> <!-- "\'',
  'what XML cannot carry': 'a\u0000\u0008\u000b\u001b\u007f\u0085\ufffe\uffff\u{1fffe}b',
  'half a character': 'a\ud83d b \udc00',
  'turned and hidden text': '\u202ea\u2066b\u200b\u200ec\ufeff',
  'ten thousand characters': 'x'.repeat(10_000),
  'ten thousand of them two units long': '😀'.repeat(10_000),
  nothing: ' \n\t ',
};

test.each(Object.entries(hostile))('%s in every text leaves both feeds well-formed', (_, text) => {
  const feed = feedOf({
    title: text,
    topic: text,
    tags: [text, text],
    gist_owner_login: text,
    models: [text],
    agent_version: text,
    agent: 'pi',
  });
  const atom = atomDocument(feed);
  using document = XmlDocument.fromString(atom);
  expect(document.find('//a:entry', { a: 'http://www.w3.org/2005/Atom' })).toHaveLength(1);
  const json = jsonFeedText(feed);
  expect(json).toBe(json.toWellFormed());
  const { items } = JSON.parse(json);
  expect(items[0].title).toMatch(/\S/);
  expect(items[0].content_html.replaceAll(/<\/?p>/g, '')).not.toMatch(/[<>]/);
  expect([atom, json].filter((each) => each.length > 5000)).toEqual([]);
  expect(`${atom}${json}`).not.toMatch(
    /[\u202a-\u202e\u2066-\u2069\u200b\ufeff\p{Noncharacter_Code_Point}]/u,
  );
});

test('an entry keeps its id and changes its time when another revision is approved', () => {
  const first = feedOf({ approved_at: '2026-11-20T06:00:00.000Z' }).entries[0];
  const second = feedOf({ approved_at: '2026-11-21T06:00:00.000Z' }).entries[0];
  expect(second?.id).toBe(first?.id);
  expect(second?.updated).not.toEqual(first?.updated);
});

test('an entry names agent and tags, its owner, and the licence', () => {
  const [entry] = feedOf({ agent: 'codex', tags: ['bugfix'], license: 'MIT' }).entries;
  expect(entry).toMatchObject({
    categories: ['codex', 'bugfix'],
    author: { name: 'ada', uri: 'https://index.test/contributors/4000000001' },
    rights: 'MIT License: https://spdx.org/licenses/MIT.html',
  });
});

test('a feed is as old as its newest entry, or as the snapshot', () => {
  const entries = [{ approved_at: '2026-11-21T06:00:00.000Z' }, { approved_at: '2026-11-20T06:00:00.000Z' }];
  expect(feedOf(...entries).updated.toISOString()).toBe('2026-11-21T06:00:00.000Z');
  expect(feedOf().updated.toISOString()).toBe('2026-11-22T06:00:00.000Z');
});
