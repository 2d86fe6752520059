import { openAnchorSearch } from './anchors.ts';
import { base64Runs } from './base64.ts';
import { personal } from './personal.ts';
import type { Found, Probe } from './probe.ts';
import { probes } from './probes.ts';
import { rawOffset, views } from './views.ts';
import { openWindows } from './windows.ts';

const maxWrappings = 2;

const anchors = [...new Set(probes.flatMap((probe) => probe.anchors.map((anchor) => anchor.toLowerCase())))];
const probesOf = anchors.map((anchor) =>
  probes.flatMap((probe, index) => (probe.anchors.some((own) => own.toLowerCase() === anchor) ? index : [])),
);
const search = openAnchorSearch(anchors);
/** Letters or digits written as JSON escapes, two in a row: any probe may have its anchor hidden there. */
const hidden = /\\u00(?:3\d|[46][1-9a-f]|[57][0-9a])\\{1,8}u00(?:3\d|[46][1-9a-f]|[57][0-9a])/gi;

/** Found inside a base64 run, of which `[start, end)` is the place. */
export interface FoundIn extends Found {
  wrapped: boolean;
}

/**
 * Everything found in a text near `[from, to)`: in the text itself, with escapes undone, and inside base64. Finds of
 * one place are still several; `[start, end)` are offsets of the text as given.
 */
export function findIn(text: string, from: number, to: number, wrappings = 0): FoundIn[] {
  const found: FoundIn[] = secretsIn(text, from, to).map((find) => ({ ...find, wrapped: false }));
  for (const find of personal(text, from, to)) found.push({ ...find, wrapped: false });
  if (wrappings >= maxWrappings) return found;
  for (const { start, end, text: inner } of base64Runs(text, from, to)) {
    for (const find of findIn(inner, 0, inner.length, wrappings + 1)) found.push({ ...find, start, end, wrapped: true });
  }
  return found;
}

function secretsIn(text: string, from: number, to: number): Found[] {
  const windows = openWindows(text.length);
  search(text, from, to, (position, anchor) => {
    for (const index of probesOf[anchor] ?? []) {
      const { near, reach } = probes[index] as Probe;
      if (near !== undefined) {
        near.lastIndex = position;
        if (!near.test(text)) continue;
      }
      windows.add(index, position - reach.before, position + reach.after);
    }
  });
  for (const match of text.slice(from, to).matchAll(hidden)) {
    const at = from + match.index;
    probes.forEach(({ reach }, index) => {
      windows.add(index, at - reach.before, at + reach.after);
    });
  }
  return windows.all().flatMap(({ probe, start, end }) => through(probes[probe] as Probe, text, start, end));
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
