import { backslash, type Copier, quote } from './copier.ts';
import { isOtherLineEnd } from './text.ts';

const [brace, endBrace, comma, open, close] = [...'{},[]'].map((letter) => letter.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

/**
 * A PostgreSQL array of text, `{Bash,"a b"}`, without an escape in it.
 * https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
export const textArray: Copier = (from, at, to) => {
  if (from[at] !== brace) return -1;
  const { bytes } = to;
  let place = to.length;
  bytes[place++] = open;
  let i = at + 1;
  while (from[i] !== endBrace) {
    if (i > at + 1) {
      if (from[i] !== comma) return -1;
      bytes[place++] = comma;
      i += 1;
    }
    const inQuotes = from[i] === quote;
    if (inQuotes) i += 1;
    const begin = i;
    bytes[place++] = quote;
    for (; ; i++) {
      const byte = from[i] as number;
      if (byte === quote || (!inQuotes && (byte === comma || byte === endBrace))) break;
      if (byte < 0x20 || byte === backslash || byte === undefined || byte === brace) return -1;
      if ((byte === 0xc2 || byte === 0xe2) && isOtherLineEnd(from, i)) return -1;
      bytes[place++] = byte;
    }
    if (inQuotes) i += 1;
    // Bare, nothing is no text; and NULL is none, or a quoted word.
    else if (i === begin || from[i] === quote || isNull(from, begin, i)) return -1;
    bytes[place++] = quote;
  }
  bytes[place++] = close;
  to.length = place;
  return i + 1;
};

const letters = [...'null'].map((letter) => letter.charCodeAt(0));

function isNull(from: Uint8Array, begin: number, end: number): boolean {
  if (end - begin !== 4) return false;
  return letters.every((letter, place) => ((from[begin + place] as number) | 0x20) === letter);
}
