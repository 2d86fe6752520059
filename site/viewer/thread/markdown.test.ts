import { expect, test } from 'vitest';
import { readMarkdown } from './markdown.ts';

test('what is shown of Markdown', () => {
  expect(
    readMarkdown(
      '# Plan\n\nA **bold** `x<y>` and [a link](https://example.org/a?b#c).\n\n2. two\n3. three\n\n```ts\nlet a;\n```',
    ),
  ).toEqual([
    { kind: 'heading', level: 1, inlines: ['Plan'] },
    {
      kind: 'paragraph',
      inlines: [
        'A ',
        { kind: 'strong', inlines: ['bold'] },
        ' ',
        { kind: 'code', text: 'x<y>' },
        ' and ',
        { kind: 'link', href: 'https://example.org/a?b#c', inlines: ['a link'] },
        '.',
      ],
    },
    {
      kind: 'list',
      start: 2,
      items: [[{ kind: 'paragraph', inlines: ['two'] }], [{ kind: 'paragraph', inlines: ['three'] }]],
    },
    { kind: 'code', language: 'ts', text: 'let a;' },
  ]);
});

test('markup stays text', () => {
  expect(JSON.stringify(readMarkdown('<script>alert(1)</script>\n\na <b onclick="x">c</b> &lt;d&gt;'))).toBe(
    JSON.stringify([
      { kind: 'paragraph', inlines: ['<script>alert(1)</script>'] },
      { kind: 'paragraph', inlines: ['a ', '<b onclick="x">', 'c', '</b>', ' <d>'] },
    ]),
  );
});

test.each([
  ['[a](javascript:alert(1))'],
  ['[a](JaVaScRiPt&#58;alert(1))'],
  ['[a](data:text/html,x)'],
  ['[a](//example.org)'],
  ['[a](/local)'],
  ['[a](https://paypal.com@example.org/)'],
  ['<javascript:alert(1)>'],
  ['<mailto:a@example.org>'],
])('%s leads nowhere', (text) => {
  expect(JSON.stringify(readMarkdown(text))).not.toContain('"link"');
});

test('an image is told of, and its address at most a link', () => {
  expect(readMarkdown('![a cat](https://example.org/cat.png) ![b](data:image/png;base64,AA)')).toEqual([
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'image', alt: 'a cat', href: 'https://example.org/cat.png' },
        ' ',
        { kind: 'image', alt: 'b', href: null },
        ' ![b](data:image/png;base64,AA)',
      ],
    },
  ]);
});

test('what nests too deep is not read', () => {
  expect(readMarkdown('>'.repeat(6000))).toBe(null);
});
