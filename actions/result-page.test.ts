import { lexer, type Token } from 'marked';
import { expect, test } from 'vitest';
import { plainMarkdown } from './result-page.ts';

/** Every kind of token Markdown finds in a text, but for what is only text. */
function markupIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => [
    ...(['text', 'escape', 'paragraph'].includes(token.type) ? [] : [token.type]),
    ...markupIn(('tokens' in token && token.tokens) || []),
  ]);
}

/** The same text as it is read. */
function readAs(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens ? readAs(token.tokens) : 'text' in token ? token.text : '',
    )
    .join('');
}

test.each([
  '# heading',
  '*stars* and _lines_ and __more__',
  'a `tick` and ~~gone~~',
  '<script>alert(1)</script> &amp; <b>',
  '[link](javascript:alert(1)) ![image](x)',
  'a | b',
  '- item',
  '+ item',
  '1. item',
  '2) item',
  '> quote',
  '===',
  '---',
  '\\*',
  'snake_case_name and _snake_',
  '```js',
])('%s reads as it is written', (text) => {
  const tokens = lexer(plainMarkdown(text));
  expect(markupIn(tokens)).toEqual([]);
  expect(readAs(tokens)).toBe(text);
});

test('a text of several lines is one line', () => {
  expect(plainMarkdown('one\n\n# two\r\n\u2028three\t')).toBe('one \\# two three');
});

test.each(['1.2', '3.5 MB', '2026-11-22 06:00'])('%s needs no mark', (text) => {
  expect(plainMarkdown(text)).toBe(text);
});

test('an address is a link', () => {
  const text = 'see https://example.org/a_b/2026-11-22T06-00-00-000Z.';
  expect(plainMarkdown(text)).toBe(text);
});
