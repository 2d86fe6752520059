import { type Copier, isDigit, lineEnd, quote, tab } from './copier.ts';
import { append } from './sink.ts';

const [zero, minus, colon, dot, plus] = [...'0-:.+'].map((letter) => letter.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];
const [letterT, letterZ, letterF, letterTrue] = [...'TZft'].map((letter) => letter.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];

/** A whole number from 0 or 1 on, of as many digits as are certain to be told apart in JavaScript. */
export function wholeNumber(least: 0 | 1): Copier {
  return (from, at, to) => {
    const { bytes, length } = to;
    let i = at;
    while (isDigit(from[i])) {
      bytes[length + i - at] = from[i] as number;
      i += 1;
    }
    const digits = i - at;
    if (digits === 0 || digits > 15 || (from[at] === zero && (digits > 1 || least === 1))) return -1;
    to.length = length + digits;
    return i;
  };
}

const encoder = new TextEncoder();
const [yes, no] = [encoder.encode('true'), encoder.encode('false')];

/** `t` or `f`. */
export const truth: Copier = (from, at, to) => {
  const byte = from[at];
  if (byte !== letterTrue && byte !== letterF) return -1;
  append(to, byte === letterTrue ? yes : no);
  return at + 1;
};

const timeShape = encoder.encode('dddd-dd-dd dd:dd:dd');

/**
 * A timestamptz as it is written in UTC, `2026-01-05 06:00:00.123456+00`: its milliseconds, the rest cut off. A leap day is
 * for the schema to think about.
 */
export const timestamp: Copier = (from, at, to) => {
  const { bytes, length } = to;
  if (!hasShape(from, at) || !isThere(from, at)) return -1;
  bytes[length] = quote;
  for (let i = 0; i < 19; i++) bytes[length + 1 + i] = from[at + i] as number;
  bytes[length + 11] = letterT;
  let i = at + 19;
  bytes[length + 20] = dot;
  bytes.fill(zero, length + 21, length + 24);
  if (from[i] === dot) {
    i += 1;
    for (let place = 0; isDigit(from[i]); place++, i++) {
      if (place < 3) bytes[length + 21 + place] = from[i] as number;
    }
  }
  if (from[i] !== plus || from[i + 1] !== zero || from[i + 2] !== zero) return -1;
  bytes[length + 24] = letterZ;
  bytes[length + 25] = quote;
  to.length = length + 26;
  return i + 3;
};

function hasShape(from: Uint8Array, at: number): boolean {
  for (let i = 0; i < timeShape.length; i++) {
    const wanted = timeShape[i];
    if (wanted === 0x64 ? !isDigit(from[at + i]) : from[at + i] !== wanted) return false;
  }
  return true;
}

const daysOf = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Is there such a day, and such a time of day? */
function isThere(from: Uint8Array, at: number): boolean {
  const two = (place: number) =>
    ((from[at + place] as number) - zero) * 10 + (from[at + place + 1] as number) - zero;
  const day = two(8);
  return day >= 1 && day <= (daysOf[two(5)] ?? 0) && two(11) < 24 && two(14) < 60 && two(17) < 60;
}

/** A time in a session, as `sessionTimePattern` has it. */
export const sessionTime: Copier = (from, at, to) => {
  const { bytes, length } = to;
  bytes[length] = quote;
  let i = at;
  for (; from[i] !== tab && from[i] !== lineEnd; i++) {
    const byte = from[i] as number;
    const place = i - at;
    const good =
      place < 19 ? fits(byte, place) : isDigit(byte) || byte === letterZ || (byte === dot && place === 19);
    if (!good || place > 26) return -1;
    if (byte === letterZ && from[i + 1] !== tab && from[i + 1] !== lineEnd) return -1;
    bytes[length + 1 + place] = byte;
  }
  const size = i - at;
  if (size < 19) return -1;
  // Behind the seconds stands nothing, `Z`, or a dot and one to six digits.
  const fraction = size - 19 - (from[i - 1] === letterZ ? 1 : 0);
  if (fraction === 1 || fraction > 7 || (fraction > 0 && from[at + 19] !== dot)) return -1;
  bytes[length + 1 + size] = quote;
  to.length = length + size + 2;
  return i;
};

function fits(byte: number, place: number): boolean {
  if (place === 4 || place === 7) return byte === minus;
  if (place === 10) return byte === letterT;
  if (place === 13 || place === 16) return byte === colon;
  return isDigit(byte);
}

const scheme = encoder.encode('https://');
const slash = 0x2f;

/** Letters, digits and what else stands in an address as it is. */
const inAddress = new Uint8Array(256);
for (const letter of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@%/") {
  inAddress[letter.charCodeAt(0)] = 1;
}

/** An https address whose host is words of small letters with dots between them, then a path. */
export const address: Copier = (from, at, to) => {
  const { bytes } = to;
  let place = to.length;
  bytes[place++] = quote;
  let i = at;
  for (let k = 0; k < scheme.length; k++, i++) {
    if (from[i] !== scheme[k]) return -1;
    bytes[place++] = from[i] as number;
  }
  let letters = 0;
  for (; from[i] !== slash; i++) {
    const byte = from[i] as number;
    if (byte >= 0x61 && byte <= 0x7a) letters += 1;
    else if (byte === dot && letters > 0) letters = 0;
    else return -1;
    bytes[place++] = byte;
  }
  if (letters === 0) return -1;
  for (; inAddress[from[i] as number] === 1; i++) bytes[place++] = from[i] as number;
  bytes[place++] = quote;
  to.length = place;
  return i;
};
