/** A run of base64 in a text, `[start, end)`, and the readable text inside it. */
interface Wrapped {
  start: number;
  end: number;
  text: string;
}

const minimum = 40;
const stride = 32;
/** Of one run, the most that is read at a time; a longer one is read in overlapping pieces. */
const maxPiece = 64 * 1024;
const overlap = 4096;
const firstLook = 24;

const sextets = new Int8Array(256).fill(-1);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let index = 0; index < 64; index++) sextets[alphabet.charCodeAt(index)] = index;
sextets['-'.charCodeAt(0)] = 62;
sextets['_'.charCodeAt(0)] = 63;

/**
 * The runs of at least 40 base64 or base64url characters in `[from, to)` of a text that hold readable text, lines
 * folded at 60 characters or more taken as one run. `bytes` is the text in Latin-1; of a run that the text begins
 * within, `cut` characters came before. A JWT's parts are left out: they are its rule's business.
 */
export function base64Runs(text: string, bytes: Uint8Array, from: number, to: number, cut = 0): Wrapped[] {
  const found: Wrapped[] = [];
  // A run of 40 covers a multiple of 32, so only those are looked at.
  for (let at = from; at < to; at += stride) {
    // The run reaches 20 characters one way or the other.
    if (!isRun(bytes, at) || !(runsTo(bytes, at, 1) || runsTo(bytes, at, -1))) continue;
    let start = beginningOfRun(bytes, at);
    // The letter of an escaped line break, `\nQUJD…`, is no part of the run.
    if (text[start - 1] === '\\' && /[nrtbf]/.test(text[start] ?? '')) start++;
    const end = endOfRun(text, bytes, start, at);
    const first = start === 0 ? (4 - (cut % 4)) % 4 : start;
    if (end - start >= minimum && !isTokenPart(text, start, end) && beginsReadable(bytes, first)) {
      for (const inner of pieces(text, first, end)) found.push({ start, end, text: inner });
    }
    at = Math.max(at, end - 1 - ((end - 1 - from) % stride));
  }
  return found;
}

const isRun = (bytes: Uint8Array, at: number) => at >= 0 && (sextets[bytes[at] as number] ?? -1) >= 0;

function runsTo(bytes: Uint8Array, at: number, direction: 1 | -1): boolean {
  for (const distance of [19, 6, 12, 3, 9, 15]) {
    if (!isRun(bytes, at + direction * distance)) return false;
  }
  return true;
}

/** Where the run of base64 characters that reaches up to a place begins; the place itself when none does. */
export function beginningOfRun(bytes: Uint8Array, at: number): number {
  let start = at;
  while (isRun(bytes, start - 1)) start--;
  return start;
}

function endOfRun(text: string, bytes: Uint8Array, start: number, at: number): number {
  let end = at;
  let lineStart = start;
  for (;;) {
    while (isRun(bytes, end)) end++;
    const next = afterLineBreak(text, end);
    if (end - lineStart < 56 || next === end || !isRun(bytes, next)) return end;
    lineStart = next;
    end = next;
  }
}

/** The place after a line break, plain or escaped as in JSON (also twice); the same place when there is none. */
function afterLineBreak(text: string, at: number): number {
  let next = at;
  while (text[next] === '\\') next++;
  if (next > at) return next - at <= 4 && text[next] === 'n' ? next + 1 : at;
  if (text[next] === '\r') next++;
  return text[next] === '\n' ? next + 1 : at;
}

function isTokenPart(text: string, start: number, end: number): boolean {
  return text.startsWith('eyJ', start) && (text[start - 1] === '.' || text[end] === '.');
}

/** The readable texts in a run whose groups of four begin at its beginning. */
function pieces(text: string, start: number, end: number): string[] {
  const found: string[] = [];
  const run = text.slice(start, end).replace(/\\{1,8}n|\r?\n/g, '');
  for (let piece = 0; piece < run.length; piece += maxPiece - overlap) {
    const decoded = Buffer.from(run.slice(piece, piece + maxPiece), 'base64').toString('utf8');
    if (isReadable(decoded)) found.push(decoded);
    if (piece + maxPiece >= run.length) break;
  }
  return found;
}

/** Whether the first 18 bytes are text: what settles it for paths, images and signatures without decoding them. */
function beginsReadable(bytes: Uint8Array, start: number): boolean {
  const sextet = (at: number) => sextets[bytes[at] as number] ?? -1;
  for (let at = start; at < start + firstLook; at += 4) {
    const bits = (sextet(at) << 18) | (sextet(at + 1) << 12) | (sextet(at + 2) << 6) | sextet(at + 3);
    for (const byte of [(bits >> 16) & 255, (bits >> 8) & 255, bits & 255]) {
      if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127) return false;
      // Beyond ASCII only what may start or continue a UTF-8 sequence of western and eastern scripts.
      if (byte > 239) return false;
    }
  }
  return true;
}

/** Hardly any bytes that are no UTF-8, or control characters. */
function isReadable(text: string): boolean {
  const strange = text.match(/[\ufffd\p{Cc}]/gu)?.filter((character) => !/\s/.test(character)).length ?? 0;
  return strange <= text.length / 50;
}
