import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, headIn } from './http-message.ts';

const head = (...lines: string[]) => headIn(lines.join('\r\n'));

/** What is read of a body that comes in these pieces. */
function read(lines: string[], pieces: readonly Buffer[]) {
  const body = bodyOf(head('HTTP/1.1 200 OK', ...lines));
  const got: Buffer[] = [];
  const taker = { piece: (piece: Buffer) => got.push(Buffer.from(piece)) > 0 };
  let isWhole = false;
  let rest = 0;
  for (const piece of pieces) {
    if (isWhole) rest += piece.length;
    else ({ isWhole, rest } = body.take(piece, taker));
  }
  return { text: Buffer.concat(got).toString('latin1'), isWhole, rest };
}

test('a head tells status, headers and whether the connection stays', () => {
  const found = head('HTTP/1.1 404 Not Found', 'Content-Length: 3', 'X-Empty:', 'Via: a', 'Via: b');
  expect(found).toMatchObject({ status: 404, isLast: false });
  expect(Object.fromEntries(found.headers)).toEqual({ 'content-length': '3', 'x-empty': '', via: 'a, b' });
  expect(head('HTTP/1.0 200 OK').isLast).toBe(true);
  expect(head('HTTP/1.1 200', 'Connection: keep-alive, Close').isLast).toBe(true);
});

test.each([
  ['HTTP/2 200'],
  ['SSH-2.0-OpenSSH_9'],
  ['HTTP/1.1 20 OK'],
  ['HTTP/1.1 200 OK', 'no colon'],
  ['HTTP/1.1 200 OK', ' folded: line'],
  ['HTTP/1.1 200 OK', ': nothing'],
  ['HTTP/1.1 200 OK', 'Content-Length: 1', 'Content-Length: 2'],
])('%j is no head', (...lines) => {
  expect(() => head(...lines)).toThrow(/^(?:The answer|A header)/);
});

test.each([
  ['Content-Length: -1'],
  ['Content-Length: 1, 1'],
  ['Content-Length: 0x10'],
  ['Transfer-Encoding: gzip, chunked'],
  ['Transfer-Encoding: chunked', 'Content-Length: 3'],
])('nobody can tell how long a body is that says %j', (...lines) => {
  expect(() => bodyOf(head('HTTP/1.1 200 OK', ...lines))).toThrow(/^The (?:answer|length)/);
});

const sent = {
  'with its length': (text: string) => ({
    lines: [`content-length: ${text.length}`],
    bytes: Buffer.from(text, 'latin1'),
  }),
  'in chunks': (text: string) => ({
    lines: ['transfer-encoding: chunked'],
    bytes: Buffer.from(
      `${(text.match(/.{1,7}/gs) ?? []).map((part) => `${part.length.toString(16)};x=y\r\n${part}\r\n`).join('')}0\r\nTrailer: x\r\n\r\n`,
      'latin1',
    ),
  }),
};

test.each(Object.entries(sent))('a body sent %s is read the same wherever it is cut', (_, send) => {
  const text = fc.string({ minLength: 1, maxLength: 60, unit: 'binary-ascii' });
  fc.assert(
    fc.property(text, fc.array(fc.nat(200)), fc.nat(3), (words, cuts, extra) => {
      const { lines, bytes } = send(words);
      const all = Buffer.concat([bytes, Buffer.alloc(extra, 'z')]);
      const places = [0, ...cuts.map((cut) => cut % bytes.length), all.length].sort((a, b) => a - b);
      const pieces = places.slice(1).map((place, i) => all.subarray(places[i], place));
      expect(read(lines, pieces)).toEqual({ text: words, isWhole: true, rest: extra });
    }),
  );
});

test('a body without a length ends with its connection', () => {
  expect(bodyOf(head('HTTP/1.1 200 OK')).endsWithConnection).toBe(true);
  expect(read([], [Buffer.from('ab'), Buffer.from('c')])).toEqual({ text: 'abc', isWhole: false, rest: 0 });
});

test.each(['g\r\n', '1\r\nab\r\n', '-1\r\n', `${'1'.repeat(13)}\r\n`, 'x'.repeat(5000)])(
  'chunks that are none are refused: %s',
  (text) => {
    expect(() => read(['transfer-encoding: chunked'], [Buffer.from(text)])).toThrow(/^A chunk/);
  },
);
