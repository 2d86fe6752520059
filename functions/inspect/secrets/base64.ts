/** A run of base64 in a text, `[start, end)`, and the readable text inside it. */
export interface Wrapped {
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

const sextets = new Int8Array(128).fill(-1);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let index = 0; index < 64; index++) sextets[alphabet.charCodeAt(index)] = index;
sextets['-'.charCodeAt(0)] = 62;
sextets['_'.charCodeAt(0)] = 63;

const sextet = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code < 128 ? (sextets[code] as number) : -1;
};

/**
 * The runs of at least 40 base64 or base64url characters in `[from, to)` of a text that hold readable text, lines
 * folded at 60 characters or more taken as one run. A JWT's parts are left out: they are its rule's business.
 */
export function base64Runs(text: string, from: number, to: number): Wrapped[] {
  const found: Wrapped[] = [];
  // A run of 40 covers a multiple of 32, so only those are looked at.
  for (let at = from; at < to; at += stride) {
    // The run reaches 20 characters one way or the other.
    if (sextet(text, at) < 0 || !(runsTo(text, at, 1) || runsTo(text, at, -1))) continue;
    let start = beginningOfRun(text, at);
    // The letter of an escaped line break, `\nQUJD…`, is no part of the run.
    if (text[start - 1] === '\\' && /[nrtbf]/.test(text[start] ?? '')) start++;
    const end = endOfRun(text, start, at);
    if (end - start >= minimum && !isTokenPart(text, start, end)) found.push(...readable(text, start, end));
    at = Math.max(at, end - 1 - ((end - 1 - from) % stride));
  }
  return found;
}

function runsTo(text: string, at: number, direction: 1 | -1): boolean {
  for (const distance of [19, 6, 12, 3, 9, 15]) {
    const place = at + direction * distance;
    if (place < 0 || place >= text.length || sextet(text, place) < 0) return false;
  }
  return true;
}

/** Where the run of base64 characters that reaches up to a place begins; the place itself when none does. */
export function beginningOfRun(text: string, at: number): number {
  let start = at;
  while (start > 0 && sextet(text, start - 1) >= 0) start--;
  return start;
}

function endOfRun(text: string, start: number, at: number): number {
  let end = at;
  let lineStart = start;
  for (;;) {
    while (end < text.length && sextet(text, end) >= 0) end++;
    const next = afterLineBreak(text, end);
    if (end - lineStart < 56 || next === end || sextet(text, next) < 0) return end;
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

function readable(text: string, start: number, end: number): Wrapped[] {
  // Where the text is cut inside a run, its groups of four may begin at any of the first four characters.
  const aligned = (start === 0 ? [0, 1, 2, 3] : [start]).find((group) => beginsReadable(text, group));
  if (aligned === undefined) return [];
  const found: Wrapped[] = [];
  for (let piece = aligned; piece < end; piece += maxPiece - overlap) {
    const encoded = text.slice(piece, Math.min(end, piece + maxPiece)).replace(/\\+n|\r?\n/g, '');
    const decoded = Buffer.from(encoded, 'base64').toString('utf8');
    if (isReadable(decoded)) found.push({ start, end, text: decoded });
    if (piece + maxPiece >= end) break;
  }
  return found;
}

/** Whether the first 18 bytes are text: what settles it for paths, images and signatures without decoding them. */
function beginsReadable(text: string, start: number): boolean {
  for (let at = start; at < start + firstLook; at += 4) {
    const bits =
      (sextet(text, at) << 18) | (sextet(text, at + 1) << 12) | (sextet(text, at + 2) << 6) | sextet(text, at + 3);
    for (const byte of [(bits >> 16) & 255, (bits >> 8) & 255, bits & 255]) {
      if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127) return false;
      // Beyond ASCII only what may start or continue a UTF-8 sequence of western and eastern scripts.
      if (byte > 239) return false;
    }
  }
  return true;
}

function isReadable(text: string): boolean {
  const strange = text.match(/[\ufffd\x00-\x08\x0e-\x1a\x7f]/g)?.length ?? 0;
  return strange <= text.length / 50;
}
