import { openAnchorSearch } from './anchors.ts';
import { base64Runs } from './base64.ts';
import { personalAnchors, personalAt } from './personal.ts';
import type { Found, FoundIn, Probe } from './probe.ts';
import { probes } from './probes.ts';
import { resolve } from './resolve.ts';
import { rawOffset, views } from './views.ts';
import { openWindows } from './windows.ts';

const maxWrappings = 2;

const anchors = [...new Set(probes.flatMap((probe) => probe.anchors.map((anchor) => anchor.toLowerCase())))];
const probesOf = anchors.map((anchor) =>
  probes.flatMap((probe, index) => (probe.anchors.some((own) => own.toLowerCase() === anchor) ? index : [])),
);
/**
 * What any probe may have its anchor or its signs hidden by: letters or digits written as JSON escapes, two in a row; `=`,
 * `:` and `//` as JSON, HTML or a URL may write them; a terminal's colour right before a value.
 */
const escapeSigns = ['\\u00', '\x1b', '%3a', '%3d', '&#x3d', '&#x2f', '&#61', '&#47'];
const letter = 'u00(?:3\\d|[46][1-9a-f]|[57][0-9a])';
const coloured = '\\[[\\d;:]{0,24}m[A-Za-z0-9+/_.=-]{16}';
const hidden = new RegExp(
  `\\\\(?:${letter}\\\\{1,8}${letter}|u003[ad]|u002f\\\\{1,8}u002f|u001b${coloured})|\x1b${coloured}|%3a(?:%2f%2f|aa|%2[02])|%3d|&#(?:x3d|61|x2f;&#x2f|47;&#47);`,
  'iy',
);
const search = openAnchorSearch([...anchors, ...escapeSigns, ...personalAnchors]);

/** Stands for the look behind escapes among the probes. */
const escaped = probes.length;
const findEscaped = (text: string) => near(text, Buffer.from(text, 'latin1'), 0, text.length, true);

/**
 * Everything found in a text near `[from, to)`: in the text itself, with escapes undone, and inside base64. Finds of
 * one place are still several; `[start, end)` are offsets of the text as given. Of a base64 run that the text begins
 * within, `cut` characters came before.
 */
export function findIn(text: string, from: number, to: number, cut = 0, wrappings = 0): FoundIn[] {
  const bytes = wrappings === 0 ? toScratch(text) : Buffer.from(text, 'latin1');
  const found: FoundIn[] = near(text, bytes, from, to).map((find) => ({ ...find, wrapped: false }));
  if (wrappings >= maxWrappings) return found;
  for (const { start, end, text: inner } of base64Runs(text, bytes, from, to, cut)) {
    for (const find of resolve(findIn(inner, 0, inner.length, 0, wrappings + 1))) {
      found.push({ ...find, start, end, wrapped: true });
    }
  }
  return found;
}

let scratch = Buffer.alloc(0);

/**
 * A text with one byte a UTF-16 unit, so offsets stay; letters beyond Latin-1 can only cause an idle look. Good until
 * the next call.
 */
function toScratch(text: string): Uint8Array {
  if (scratch.length < text.length) scratch = Buffer.allocUnsafeSlow(text.length);
  return scratch.subarray(0, scratch.write(text, 'latin1'));
}

/** What is found around anchors, outside base64; `nested` in a text that had its escapes undone already. */
function near(text: string, bytes: Uint8Array, from: number, to: number, nested = false): Found[] {
  const found: Found[] = [];
  const told = new Set<string>();
  const windows = openWindows(text.length);
  search(bytes, from, to, (position, anchor) => {
    const sign = anchor - anchors.length;
    if (sign >= escapeSigns.length) {
      const mention = personalAt(sign - escapeSigns.length, text, bytes, position);
      if (mention === null || told.has(mention.value)) return;
      told.add(mention.value);
      found.push(mention);
    } else if (sign >= 0) {
      if (!nested && matchesAt(hidden, text, position)) windows.add(escaped, position - 400, position + 1600);
    } else {
      for (const index of probesOf[anchor] ?? []) {
        const { near: closer, reach } = probes[index] as Probe;
        if (closer !== undefined && !matchesAt(closer, text, position)) continue;
        windows.add(index, position - reach.before, position + reach.after);
      }
    }
  });
  for (const { probe, start, end } of windows.all()) {
    for (const find of through(probes[probe]?.find ?? findEscaped, text, start, end)) found.push(find);
  }
  return found;
}

function matchesAt(sticky: RegExp, text: string, position: number): boolean {
  sticky.lastIndex = position;
  return sticky.test(text);
}

/** What is found in `[start, end)` of a text, in any view of it. */
function through(find: Probe['find'], text: string, start: number, end: number): Found[] {
  // Not within an escape: `\\n` cut in half would read as a line break.
  let first = start;
  while (first > 0 && start - first < 16 && text[first - 1] === '\\') first--;
  return views(text.slice(first, end)).flatMap((view) =>
    find(view.text).map((found) => ({
      ...found,
      start: first + rawOffset(view, found.start),
      end: first + rawOffset(view, found.end),
    })),
  );
}
