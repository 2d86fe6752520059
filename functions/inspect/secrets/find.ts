import { openAnchorSearch } from './anchors.ts';
import { base64Runs } from './base64.ts';
import { personalAnchors, personalAt } from './personal.ts';
import type { Found, Probe } from './probe.ts';
import { probes } from './probes.ts';
import { rawOffset, views } from './views.ts';
import { openWindows } from './windows.ts';

const maxWrappings = 2;

const anchors = [...new Set(probes.flatMap((probe) => probe.anchors.map((anchor) => anchor.toLowerCase())))];
const probesOf = anchors.map((anchor) =>
  probes.flatMap((probe, index) => (probe.anchors.some((own) => own.toLowerCase() === anchor) ? index : [])),
);
/** Letters or digits written as JSON escapes, two in a row: any probe may have its anchor hidden there. */
const escape = '\\u00';
const hidden = /\\u00(?:3\d|[46][1-9a-f]|[57][0-9a])\\{1,8}u00(?:3\d|[46][1-9a-f]|[57][0-9a])/iy;
const search = openAnchorSearch([...anchors, escape, ...personalAnchors]);

/** Found inside a base64 run, of which `[start, end)` is the place. */
export interface FoundIn extends Found {
  wrapped: boolean;
}

/**
 * Everything found in a text near `[from, to)`: in the text itself, with escapes undone, and inside base64. Finds of
 * one place are still several; `[start, end)` are offsets of the text as given.
 */
export function findIn(text: string, from: number, to: number, wrappings = 0): FoundIn[] {
  // One byte a UTF-16 unit, so offsets stay; letters beyond Latin-1 can only cause an idle look.
  const bytes = Buffer.from(text, 'latin1');
  const found: FoundIn[] = near(text, bytes, from, to).map((find) => ({ ...find, wrapped: false }));
  if (wrappings >= maxWrappings) return found;
  for (const { start, end, text: inner } of base64Runs(text, bytes, from, to)) {
    for (const find of findIn(inner, 0, inner.length, wrappings + 1)) found.push({ ...find, start, end, wrapped: true });
  }
  return found;
}

/** What is found around anchors, outside base64. */
function near(text: string, bytes: Uint8Array, from: number, to: number): Found[] {
  const found: Found[] = [];
  const windows = openWindows(text.length);
  const look = (index: number, position: number) => {
    const { reach } = probes[index] as Probe;
    windows.add(index, position - reach.before, position + reach.after);
  };
  search(bytes, from, to, (position, anchor) => {
    if (anchor > anchors.length) {
      const mention = personalAt(anchor - anchors.length - 1, text, bytes, position);
      if (mention !== null) found.push(mention);
      return;
    }
    if (anchor === anchors.length) {
      if (matchesAt(hidden, text, position)) for (const index of probes.keys()) look(index, position);
      return;
    }
    for (const index of probesOf[anchor] ?? []) {
      const { near: closer } = probes[index] as Probe;
      if (closer === undefined || matchesAt(closer, text, position)) look(index, position);
    }
  });
  for (const { probe, start, end } of windows.all()) {
    found.push(...through(probes[probe] as Probe, text, start, end));
  }
  return found;
}

function matchesAt(sticky: RegExp, text: string, position: number): boolean {
  sticky.lastIndex = position;
  return sticky.test(text);
}

/** What a probe finds in `[start, end)` of a text, in any view of it. */
function through(probe: Probe, text: string, start: number, end: number): Found[] {
  // Not within an escape: `\\n` cut in half would read as a line break.
  let first = start;
  while (first > 0 && start - first < 16 && text[first - 1] === '\\') first--;
  return views(text.slice(first, end)).flatMap((view) =>
    probe.find(view.text).map((find) => ({
      ...find,
      start: first + rawOffset(view, find.start),
      end: first + rawOffset(view, find.end),
    })),
  );
}
