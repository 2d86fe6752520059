import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block } from '../row.ts';
import { readMarkdown } from './markdown.ts';
import { portionsOf } from './portions.ts';
import { stretchOf } from './stretch.ts';
import { keys, text, textsOfBlocks, unseen } from './testing-fuzz.ts';
import { openThread } from './thread.ts';
import { visible, visibleLine } from './visible.ts';

describe('what is shown', () => {
  test('holds no character that hides or turns other text', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(visible(given)).not.toMatch(unseen);
        expect(visibleLine(given)).not.toMatch(unseen);
        expect(visibleLine(given)).not.toContain('\n');
        expect(stretchOf(given).text).not.toMatch(unseen);
      }),
      { numRuns: 500 },
    );
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (unseen.test(character) && unseen.test(visible(character))) expect.fail(code.toString(16));
    }
  });

  test('loses no letter, whatever terminal it was meant for', () => {
    const letters = (words: string) => words.replace(/[^a-z]/g, '');
    for (const order of ['\u001b]0;', '\u001b]8;;', '\u001bP', '\u001b_', '\u001b^', '\u009d', '\u0090'])
      expect(letters(visible(`${order}hidden\u0007from\u001b\\here`))).toBe('hiddenfromhere');
  });

  test('is the same when it is made visible twice', () => {
    fc.assert(fc.property(text, (given) => visible(visible(given)) === visible(given)));
  });

  test('is written by its number where marks pile up on a letter', () => {
    expect(visible(`Z${'\u0351'.repeat(17)}`)).toBe(`Z${'\u0351'.repeat(16)}⟨0351⟩`);
    expect(visible(`Z${'\u0351'.repeat(100_000)}`)).not.toMatch(/\p{M}{17}/u);
  });

  test('emoji and the joiners of letters are left alone', () => {
    for (const whole of ['👩‍👩‍👧‍👦', '❤️', 'نمی‌خواهم', 'Z\u0351\u036b', '한국어', '🦾🏽'])
      expect(visible(whole)).toBe(whole);
  });
});

describe('portions of a text', () => {
  const long = fc
    .array(fc.tuple(text, fc.integer({ min: 1, max: 400 })), { maxLength: 8 })
    .map((parts) => parts.map(([part, times]) => part.repeat(times)).join('\n'));
  const words = (given: string) => given.replace(/\s/g, '');

  test('put together are the text', () => {
    fc.assert(
      fc.property(long, (given) => {
        const portions = portionsOf(given, false);
        expect(words(portions.join(''))).toBe(words(given));
        for (const portion of portions) expect(portion.length).toBeLessThanOrEqual(6000);
      }),
      { numRuns: 200 },
    );
  });

  test('cut no character in two and put no line end into a line that fits', () => {
    const emoji = `x${'🔥'.repeat(20_000)}`;
    for (const portion of portionsOf(emoji, false)) expect(portion.isWellFormed()).toBe(true);
    expect(portionsOf(emoji, false).join('')).toBe(emoji);
    const lines = Array.from({ length: 40 }, (_, i) => `${i} `.repeat(500));
    expect(portionsOf(lines.join('\n'), true).join('\n')).toBe(lines.join('\n'));
  });

  test('with fences, take nothing away and add nothing but fences', () => {
    const fences = (given: string) => words(given).replace(/[`~]{3,}/g, '');
    const code = `\`\`\`\n${'word word\n'.repeat(3000)}\`\`\`\nafter`;
    expect(fences(portionsOf(code, true).join(''))).toBe(fences(code));
    fc.assert(
      fc.property(long, (given) => {
        for (const portion of portionsOf(given, true)) expect(portion.length).toBeLessThanOrEqual(6500);
      }),
      { numRuns: 100 },
    );
  });

  test('are never none', () => {
    for (const blank of ['', ' '.repeat(7000), '\n'.repeat(7000)])
      expect(portionsOf(blank, true)).toHaveLength(1);
  });
});

describe('Markdown', () => {
  test('is read whatever it is, and leads to http and https alone', () => {
    fc.assert(
      fc.property(text, (given) => {
        const blocks = readMarkdown(given) ?? [];
        for (const href of linksIn(blocks)) {
          const url = new URL(href);
          expect(['http:', 'https:']).toContain(url.protocol);
          expect(url.username + url.password).toBe('');
          // As it is printed, so that it is read as it is followed: in ASCII.
          expect(href).toMatch(/^[!-~]+$/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('shows no character that hides or turns other text, even one named by a reference', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const shown of textsOfBlocks(readMarkdown(visible(given)) ?? []))
          expect(shown).not.toMatch(unseen);
      }),
      { numRuns: 500 },
    );
  });

  test('hides no word: of titles, definitions, comments, languages and cells beyond the columns, too', () => {
    const word = fc.integer({ min: 100_000, max: 999_999 }).map((number) => `w${number}`);
    const piece = fc.oneof(
      word,
      fc.tuple(word, word).map(([a, b]) => `\n\n[${a}]: # (${b})\n\n`),
      fc.tuple(word, word).map(([a, b]) => `\n\n[//]: <> "${a}"\n[${b}]: https://b.example/${a} '${b}'\n\n`),
      fc.tuple(word, word).map(([a, b]) => `[${a}](https://b.example "${b}")`),
      fc.tuple(word, word).map(([a, b]) => `![${a}](https://b.example/c.png '${b}')`),
      fc.tuple(word, word).map(([a, b]) => `[${a}](javascript:${b})`),
      fc.tuple(word, word).map(([a, b]) => `![${a}](data:text/html,${b} "${a}")`),
      word.map((a) => `<!-- ${a} -->`),
      word.map((a) => `<details hidden><summary>${a}</summary></details>`),
      fc.tuple(word, word).map(([a, b]) => `\n\n\`\`\`js ${a}\n${b}\n\`\`\`\n\n`),
      fc.tuple(word, word, word).map(([a, b, c]) => `\n\n| ${a} |\n|---|\n| ${b} | ${c} |\n\n`),
      fc.tuple(word, word, word).map(([a, b, c]) => `\n\n${a}|b\\|c\n-|-\n${b}|d|${c}\n\n`),
      word.map((a) => `\n\n- [x] ${a}\n  1. ${a}\n\n> ${a}\n# ${a}\n`),
      word.map((a) => `~~**_${a}_**~~ \`${a}\``),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const given = pieces.join(' ');
        const shown = [...textsOfBlocks(readMarkdown(given) ?? [])].join(' ');
        for (const [each] of given.matchAll(/w\d{6}/g)) expect(shown, given).toContain(each);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['quotes', '> '],
    ['lists', '- '],
    ['numbers', '1. '],
    ['brackets', '['],
    ['images', '!['],
    ['links', '[a]('],
    ['emphasis', 'a*_b'],
    ['fences', '```'],
    ['references', '[a]: '],
    ['tags', '<a '],
    ['comments', '<!--'],
    ['tables', '|a|\n|-|\n'],
    ['escapes', '\\'],
  ])('100,000 %s are shown', (_, mark) => {
    const thread = openThread(1, keys());
    thread.add({ kind: 'message', role: 'assistant', line: 1, text: mark.repeat(100_000) });
    const { added } = thread.take();
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    for (const { body } of added) expect(depth(body)).toBeLessThan(100);
    expect(added.length).toBeGreaterThan(0);
  });
});

function* linksIn(blocks: readonly Block[]): Generator<string> {
  for (const found of JSON.stringify(blocks).matchAll(/"href":("(?:[^"\\]|\\.)*")/g))
    yield JSON.parse(found[1] ?? '""');
}
