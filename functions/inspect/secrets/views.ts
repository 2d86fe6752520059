/** A text read differently, with where each of its characters stands in the text it came from. */
export interface View {
  text: string;
  /** Raw offset of each character, one more for the end. */
  offsets: Int32Array | null;
}

const maxLevels = 4;
const jsonEscape = /\\(?:u([0-9a-fA-F]{4})|(["'\\/bfnrt]))/g;
const entity = /&(?:amp|quot|apos|lt|gt|nbsp|#(\d{2,5})|#x([0-9a-fA-F]{2,4}));/g;
/** A terminal's colours and weights: ECMA-48, select graphic rendition. */
const colour = new RegExp(`${String.fromCharCode(27)}\\[[\\d;:]{0,24}[mK]`, 'g');
const percent = /%([2-7][0-9a-fA-F])|%0[aAdD9]/g;
const plain: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const named: Record<string, string> = {
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
};

/**
 * The readings of a text: as it stands; with JSON string escapes undone, again while that changes it (a tool result
 * may hold JSON in a JSON string), at most 4 times; and each of these with HTML entities or a URL's percent signs undone,
 * or without a terminal's colours. Works on text cut anywhere, so also on broken JSON.
 */
export function views(raw: string): View[] {
  const found: View[] = [{ text: raw, offsets: null }];
  let level: View = { text: raw, offsets: null };
  for (let depth = 0; depth < maxLevels; depth++) {
    const next = undo(level, '\\', jsonEscape, unescaped);
    if (next === null) break;
    found.push(next);
    level = next;
  }
  for (const view of [...found]) {
    for (const other of [
      undo(view, '&', entity, unentitied),
      undo(view, '\x1b', colour, () => ''),
      undo(view, '%', percent, ([, code]) => (code === undefined ? '\n' : character(code))),
    ]) {
      if (other !== null) found.push(other);
    }
  }
  return found;
}

/** Offset in the raw text of a view's character. */
export function rawOffset(view: View, index: number): number {
  return view.offsets === null ? index : (view.offsets[index] ?? 0);
}

function unescaped(match: RegExpExecArray): string {
  const [, hex, letter = ''] = match;
  return hex === undefined ? (plain[letter] ?? letter) : character(hex);
}

const character = (hex: string) => String.fromCharCode(Number.parseInt(hex, 16));

function unentitied(match: RegExpExecArray): string {
  const [whole, decimal, hex] = match;
  if (decimal !== undefined) return String.fromCharCode(Number.parseInt(decimal, 10) & 0xffff);
  return hex !== undefined ? character(hex) : (named[whole] ?? whole);
}

/** Replaces every escape by its one character, or by none, and keeps the offsets; null when there is none. */
function undo(
  view: View,
  sign: string,
  signs: RegExp,
  read: (match: RegExpExecArray) => string,
): View | null {
  if (!view.text.includes(sign)) return null;
  const offsets = new Int32Array(view.text.length + 1);
  let text = '';
  let copied = 0;
  let length = 0;
  const copyTo = (end: number) => {
    text += view.text.slice(copied, end);
    for (let at = copied; at < end; at++) offsets[length++] = rawOffset(view, at);
  };
  for (const match of view.text.matchAll(signs)) {
    copyTo(match.index);
    const letter = read(match);
    text += letter;
    if (letter !== '') offsets[length++] = rawOffset(view, match.index);
    copied = match.index + match[0].length;
  }
  if (copied === 0) return null;
  copyTo(view.text.length);
  offsets[length] = rawOffset(view, view.text.length);
  return { text, offsets: offsets.subarray(0, length + 1) };
}
