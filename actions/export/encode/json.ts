import { backslash, type Copier, quote } from './copier.ts';
import { append } from './sink.ts';
import { isOtherLineEnd } from './text.ts';

const [bracket, endBracket, brace, endBrace, comma, colon, space] = [...'[]{},: '].map((letter) =>
  letter.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** Text of JSON without a single escape: in COPY's text a backslash of JSON is two. */
export const jsonText: Copier = (from, at, to) => {
  if (from[at] !== quote) return -1;
  const { bytes } = to;
  let place = to.length;
  bytes[place++] = quote;
  for (let i = at + 1; ; i++) {
    const byte = from[i] as number;
    bytes[place++] = byte;
    if (byte === quote) {
      to.length = place;
      return i + 1;
    }
    if (byte < 0x20 || byte === backslash || byte === undefined) return -1;
    if ((byte === 0xc2 || byte === 0xe2) && isOtherLineEnd(from, i)) return -1;
  }
};

/** A value of JSON between quotes; the copier within writes its own. */
export function quoted(inner: Copier): Copier {
  return (from, at, to) => {
    if (from[at] !== quote) return -1;
    const end = inner(from, at + 1, to);
    return end !== -1 && from[end] === quote ? end + 1 : -1;
  };
}

/** A list of JSON; spaces between its parts are left out. */
export function jsonList(item: Copier): Copier {
  return (from, at, to) => {
    if (from[at] !== bracket) return -1;
    to.bytes[to.length++] = bracket;
    let i = afterSpaces(from, at + 1);
    for (let first = true; from[i] !== endBracket; first = false) {
      if (!first) {
        if (from[i] !== comma) return -1;
        to.bytes[to.length++] = comma;
        i = afterSpaces(from, i + 1);
      }
      const end = item(from, i, to);
      if (end === -1) return -1;
      i = afterSpaces(from, end);
    }
    to.bytes[to.length++] = endBracket;
    return i + 1;
  };
}

/** An object of JSON that has these keys, in this order. */
export function jsonObject(fields: readonly { key: string; value: Copier }[]): Copier {
  const encoder = new TextEncoder();
  const parts = fields.map(({ key, value }) => ({ key: encoder.encode(JSON.stringify(key)), value }));
  return (from, at, to) => {
    if (from[at] !== brace) return -1;
    to.bytes[to.length++] = brace;
    let i = at + 1;
    for (let part = 0; part < parts.length; part++) {
      const { key, value } = parts[part] as (typeof parts)[number];
      if (part > 0) {
        i = afterSpaces(from, i);
        if (from[i] !== comma) return -1;
        to.bytes[to.length++] = comma;
        i += 1;
      }
      i = afterSpaces(from, i);
      for (let k = 0; k < key.length; k++) if (from[i + k] !== key[k]) return -1;
      append(to, key);
      i = afterSpaces(from, i + key.length);
      if (from[i] !== colon) return -1;
      to.bytes[to.length++] = colon;
      i = value(from, afterSpaces(from, i + 1), to);
      if (i === -1) return -1;
    }
    i = afterSpaces(from, i);
    if (from[i] !== endBrace) return -1;
    to.bytes[to.length++] = endBrace;
    return i + 1;
  };
}

function afterSpaces(from: Uint8Array, at: number): number {
  let i = at;
  while (from[i] === space) i += 1;
  return i;
}
