import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxLineChars, splitLines } from './lines.ts';

function split(...chunks: string[]) {
  const lines: [number, string][] = [];
  const tooLong: number[] = [];
  const splitter = splitLines(
    (line, number) => lines.push([number, line]),
    (number) => tooLong.push(number),
  );
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return { lines, tooLong, count: splitter.count() };
}

describe('lines', () => {
  test('end with LF or CRLF; the last may have no end', () => {
    expect(split('a\r\nb\n\nc').lines).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, ''],
      [4, 'c'],
    ]);
    expect(split('a\n').lines).toEqual([[1, 'a']]);
    expect(split('').lines).toEqual([]);
  });

  test('a carriage return elsewhere stays, a byte-order mark does only inside', () => {
    expect(split('\ufeffa\rb\n\ufeffc').lines).toEqual([
      [1, 'a\rb'],
      [2, '\ufeffc'],
    ]);
  });

  test('are the same however the chunks are cut', () => {
    const characters = fc.constantFrom('\n', '\r', '\ufeff', 'a', '😀', '"');
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 40 }), fc.array(fc.nat(40)), (parts, cuts) => {
        const text = parts.join('');
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(split(...chunks)).toEqual(split(text));
      }),
      { numRuns: 300 },
    );
  });

  test('too long ones are told and left out, in one chunk or many', () => {
    const long = 'x'.repeat(maxLineChars + 1);
    const expected = { lines: [[2, 'ok']], tooLong: [1], count: 2 };
    expect(split(`${long}\nok`)).toEqual(expected);
    expect(split(long.slice(0, 20_000_000), long.slice(20_000_000), 'more', '\nok')).toEqual(expected);
    expect(split(long)).toEqual({ lines: [], tooLong: [1], count: 1 });
  });
});
