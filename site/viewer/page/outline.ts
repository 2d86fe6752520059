import { counted, countText } from '../../wording/figures.ts';
import type { Row } from '../row.ts';
import { visible } from '../thread/visible.ts';
import { element } from './element.ts';
import { type File, fileKey } from './files.ts';
import { elementViewport, openList } from './list.ts';

/** A line of the table of prompts. */
interface Entry {
  key: number;
  kind: 'file' | 'session' | 'prompt';
  words: string;
  /** Branchings above it. */
  depth: number;
  /** Tool calls up to the next prompt. */
  calls: number;
}

const rowHeight = 52;

/** The table of prompts beside a transcript: where one is, and a way to each. */
export function openOutline(scroller: HTMLElement, list: HTMLElement, go: (key: number) => void) {
  let entries: Entry[] = [];
  let here = Number.NaN;
  const rows = openList<Entry>({
    list,
    viewport: elementViewport(scroller),
    key: ({ key }) => key,
    estimate: () => rowHeight,
    make: (entry) => entryElement(entry, entry.key === here),
  });
  list.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-to]') : null;
    if (!link) return;
    event.preventDefault();
    go(Number(link.dataset.to));
  });

  return {
    set(files: readonly File[]) {
      const calls = new Map(entries.map((entry) => [entry.key, entry.calls]));
      entries = files.flatMap((file) => entriesOf(file, files.length > 1));
      rows.set(entries);
      for (const entry of entries) if (calls.get(entry.key) !== entry.calls) rows.refresh(entry.key);
    },
    /** Marks the last prompt above a place as where one is. `isAbove` holds of the first entries and of no later one. */
    mark(isAbove: (key: number) => boolean) {
      let low = 0;
      let high = entries.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const entry = entries[middle];
        if (entry && isAbove(entry.key)) low = middle + 1;
        else high = middle;
      }
      const at = entries[low - 1];
      if (at === undefined || at.key === here) return;
      const before = here;
      here = at.key;
      rows.refresh(before);
      rows.refresh(here);
    },
  };
}

function entriesOf(file: File, named: boolean): Entry[] {
  const entries: Entry[] = named
    ? [{ key: fileKey(file), kind: 'file', words: visible(file.source.name), depth: 0, calls: 0 }]
    : [];
  for (const row of file.rows) {
    const entry = entryOf(row);
    if (entry) entries.push(entry);
    const last = entries.at(-1);
    if (last && row.counted) last.calls += 1;
  }
  return entries;
}

function entryOf(row: Row): Entry | null {
  if (row.kind === 'session')
    return { key: row.key, kind: 'session', words: `Session ${row.title}`, depth: 0, calls: 0 };
  if (!row.turn || row.turn.who === 'answer' || row.kind === 'answer') return null;
  const said = row.body && 'text' in row.body ? row.body.text : row.brief;
  const words = said.slice(0, 200).replace(/\s+/g, ' ').trim().slice(0, 90);
  return {
    key: row.key,
    kind: 'prompt',
    words: words || 'No text',
    depth: Math.min(row.turn.depth, 6),
    calls: 0,
  };
}

function entryElement({ key, kind, words, depth, calls }: Entry, here: boolean): HTMLElement {
  return element(
    'li',
    { 'data-kind': kind, 'data-depth': String(depth) },
    element(
      'a',
      { href: '#transcript', 'data-to': String(key), 'aria-current': here ? 'location' : null },
      depth > 0 && element('span', { class: 'hidden' }, `Branch ${countText(depth)}: `),
      element('bdi', { class: 'words' }, words),
      element('span', { class: 'calls' }, calls > 0 ? counted(calls, 'call') : '\u00a0'),
    ),
  );
}
