import { backslash, type Copier, isDigit, lineEnd, quote, tab } from './copier.ts';

/** What a byte of text is: 0 goes as it is; what the others need is told where they are met. */
const kinds = new Uint8Array(256);
kinds.fill(1, 0x00, 0x20);
kinds[quote] = 1;
kinds[backslash] = 1;
/** Only with these two do the line ends begin that `line` of ../lines.ts writes by their number. */
kinds[0xc2] = 1;
kinds[0xe2] = 1;

/** Escapes that are the same in COPY's text as in JSON: `\\ \b \f \n \r \t`. */
const sameEscapes = new Set([...'\\bfnrt'].map((letter) => letter.charCodeAt(0)));

/** Any text; `most` is the greatest length there may be, counted as JavaScript does. */
export function text(most: number): Copier {
  return (from, at, to) => {
    const { bytes } = to;
    let place = to.length;
    bytes[place++] = quote;
    let i = at;
    for (;;) {
      const byte = from[i] as number;
      if (kinds[byte] === 0) {
        bytes[place++] = byte;
        i += 1;
      } else if (byte === tab || byte === lineEnd) {
        break;
      } else if (byte === quote) {
        bytes[place++] = backslash;
        bytes[place++] = quote;
        i += 1;
      } else if (byte === backslash) {
        const next = from[i + 1] as number;
        if (!sameEscapes.has(next)) return -1;
        bytes[place++] = backslash;
        bytes[place++] = next;
        i += 2;
      } else if (byte < 0x20 || isOtherLineEnd(from, i)) {
        return -1;
      } else {
        bytes[place++] = byte;
        i += 1;
      }
    }
    if (i - at > most && lengthOf(from, at, i) > most) return -1;
    bytes[place++] = quote;
    to.length = place;
    return i;
  };
}

/** U+0085, U+2028 and U+2029. */
export function isOtherLineEnd(from: Uint8Array, at: number): boolean {
  if (from[at] === 0xc2) return from[at + 1] === 0x85;
  return from[at + 1] === 0x80 && (from[at + 2] === 0xa8 || from[at + 2] === 0xa9);
}

/** UTF-16 units of a text: one for the first byte of a character, two where that begins four; an escape is one. */
function lengthOf(from: Uint8Array, at: number, end: number): number {
  let units = 0;
  for (let i = at; i < end; i++) {
    const byte = from[i] as number;
    if (byte === backslash) i += 1;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** One of a few words. */
export function oneOf(words: readonly string[]): Copier {
  const encoder = new TextEncoder();
  const known = words.map((one) => encoder.encode(one));
  return (from, at, to) => {
    for (const one of known) {
      const end = at + one.length;
      const after = from[end];
      if (after !== tab && after !== lineEnd) continue;
      let same = 0;
      while (same < one.length && from[at + same] === one[same]) same += 1;
      if (same < one.length) continue;
      const { bytes, length } = to;
      bytes[length] = quote;
      for (let i = 0; i < one.length; i++) bytes[length + 1 + i] = one[i] as number;
      bytes[length + 1 + one.length] = quote;
      to.length = length + one.length + 2;
      return end;
    }
    return -1;
  };
}

/** So many lowercase hex digits. */
export function hex(digits: number): Copier {
  return (from, at, to) => {
    const { bytes, length } = to;
    bytes[length] = quote;
    for (let i = 0; i < digits; i++) {
      const byte = from[at + i] as number;
      if (!isDigit(byte) && !(byte >= 0x61 && byte <= 0x66)) return -1;
      bytes[length + 1 + i] = byte;
    }
    bytes[length + 1 + digits] = quote;
    to.length = length + digits + 2;
    return at + digits;
  };
}
