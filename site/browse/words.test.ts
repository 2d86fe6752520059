import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

test.each([
  ['Fix the flaky import-test', ['fix', 'the', 'flaky', 'import', 'test']],
  ['Größenangaben prüfen, ÉTÉ', ['großenangaben', 'prufen', 'ete']],
  ['重写 tide-table 的解析器', ['重', '写', 'tide', 'table', '的', '解', '析', '器']],
  ['GPT5 gpt5, GPT5.', ['gpt5']],
  ['ﬁle ｗｉｄｅ', ['file', 'wide']],
  ['русский текст', ['русскии', 'текст']],
  ['한국어 테스트', ['한국어', '테스트'].map((word) => word.normalize('NFKD'))],
  ['—!? …', []],
  ['', []],
  ['\u202eabc\u200bdef <b>x</b>', ['abc', 'def', 'b', 'x']],
  ['abc漢字def', ['abc', '漢', '字', 'def']],
])('%j is found by %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('of whatever text, words are found again as themselves', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const words = wordsOf(text);
      expect(wordsOf(words.join(' '))).toEqual(words);
    }),
  );
});

test('a long word of letters beyond the basic plane is cut between two of them', () => {
  expect(wordsOf(`x${'𐍈'.repeat(100)}`)).toEqual([`x${'𐍈'.repeat(63)}`]);
});

test('a text of ten thousand letters is no trouble', () => {
  expect(wordsOf('x'.repeat(10_000))).toEqual(['x'.repeat(64)]);
});
