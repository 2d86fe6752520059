import { expect, test } from 'vitest';
import { pageMarkdown } from './markdown.ts';

const address = new URL('https://index.test/dataset');
const markdown = (main: string) =>
  pageMarkdown(
    `<html><body><header>Menu</header><main>${main}</main><footer>End</footer></body></html>`,
    address,
  );

test('the main part is told, with whole addresses, and nothing beside it', async () => {
  expect(await markdown('<h1>Title</h1>\n<p>One\n   <a href="#b">two</a> <a href="/c">three</a></p>')).toBe(
    '# Title\n\nOne [two](https://index.test/dataset#b) [three](https://index.test/c)\n',
  );
});

test('forms, scripts and what is hidden from readers are left out', async () => {
  const main =
    '<p>Text</p><form><input name="q"><button>Go</button></form><script>x()</script><p aria-hidden="true">0123</p><p hidden>Later</p>';
  expect(await markdown(main)).toBe('Text\n');
});

test('a table stays one, whatever is in its cells', async () => {
  const rows = '<thead><tr><th>A</th></tr></thead><tbody><tr><td>b | c</td></tr></tbody>';
  expect(await markdown(`<table>${rows}</table>`)).toBe('| A |\n| - |\n| b \\| c |\n');
});

test('a list in a cell is one line of it', async () => {
  const cell = '<a href="/a">b</a> <span><ul> <li>Cut <b>off</b></li><li>Thinking</li> </ul></span>';
  const rows = `<thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>${cell}</td><td>c</td></tr></tbody>`;
  expect(await markdown(`<table>${rows}</table>`)).toBe(
    '| A | B |\n| - | - |\n| [b](https://index.test/a) · Cut **off** · Thinking | c |\n',
  );
});

test('characters that turn text around or control a terminal are left out', async () => {
  expect(await markdown('<p>a\u202eb\u2066\u2028c\u0008\u001b[1m \u{1f469}\u200d\u{1f680}</p>')).toBe(
    'ab c\\[1m \u{1f469}\u200d\u{1f680}\n',
  );
});

test.each(['&lt;script&gt;', '[a](b)', '*a* _b_', '# a', '- a', '1. a', '&amp;lt;', '`a`'])(
  '%s in a text stays text',
  async (text) => {
    const { marked } = await import('marked');
    const [paragraph] = marked.lexer(await markdown(`<p>${text}</p>`));
    expect(paragraph?.type).toBe('paragraph');
    const kinds = new Set(
      paragraph && 'tokens' in paragraph ? paragraph.tokens?.map(({ type }) => type) : [],
    );
    expect([...kinds].filter((type) => type !== 'text' && type !== 'escape')).toEqual([]);
  },
);

test('a page without a main part is a mistake', async () => {
  await expect(pageMarkdown('<p>x</p>', address)).rejects.toThrow('/dataset has no main part.');
});
