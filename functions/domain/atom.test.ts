import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AtomFeed, atomDocument, escapeMarkup } from './atom.ts';

const at = new Date('2026-11-22T06:00:00.000Z');
const feedOf = (title: string): AtomFeed => ({
  id: 'tag:index.test,2026:news/1',
  title: 'Decisions',
  updated: at,
  author: 'Index',
  self: 'https://index.test/api/feed',
  alternate: 'https://index.test/mine',
  entries: [
    {
      id: 'tag:index.test,2026:move/7',
      title,
      updated: at,
      alternate: 'https://index.test/mine?after=a&b',
      html: `<p>${escapeMarkup(title)}</p>`,
    },
  ],
});

test('a feed is written the same way every time', () => {
  expect(atomDocument(feedOf('A & B'))).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:index.test,2026:news/1</id>
<title>Decisions</title>
<updated>2026-11-22T06:00:00.000Z</updated>
<author><name>Index</name></author>
<link rel="self" type="application/atom+xml" href="https://index.test/api/feed"/>
<link rel="alternate" type="text/html" href="https://index.test/mine"/>
<entry>
<id>tag:index.test,2026:move/7</id>
<title>A &amp; B</title>
<updated>2026-11-22T06:00:00.000Z</updated>
<link rel="alternate" type="text/html" href="https://index.test/mine?after=a&amp;b"/>
<content type="html">&lt;p&gt;A &amp;amp; B&lt;/p&gt;</content>
</entry>
</feed>
`);
});

test.each([
  ['an end of character data', 'a]]>b', 'a]]&gt;b'],
  ['a tag', '<script src="x">', '&lt;script src=&quot;x&quot;&gt;'],
  ['control characters', 'a\u0000\u0008\u000b\u001b\u007f\u0085\u009fb\r', 'ab'],
  ['turned text', 'a\u202eb\u2066c\u200e', 'abc'],
  ['half a character', 'a\ud83d', 'a\ufffd'],
  ['no characters', '\ufffe\uffff\ufeff', ''],
  ['lines and tabs', 'a\n\tb', 'a\n\tb'],
  ['emoji', '👩\u200d🔧', '👩\u200d🔧'],
])('%s in a text does no harm', (_, text, escaped) => {
  expect(escapeMarkup(text)).toBe(escaped);
});

test('no text whatsoever gets out of its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const document = atomDocument(feedOf(text));
      const skeleton = atomDocument(feedOf(''));
      const tags = (xml: string) => xml.match(/<[^>]*>/g);
      expect(tags(document)).toEqual(tags(skeleton));
      expect(document).not.toMatch(
        /[^\t\n\r\x20-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]|&(?!amp;|lt;|gt;|quot;|#39;)/u,
      );
    }),
  );
});
