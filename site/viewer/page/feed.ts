import type { Part } from '../detail.ts';
import { type Row, readRowAddress } from '../row.ts';
import { fileElement } from './file-element.ts';
import { type File, fileKey } from './files.ts';
import { type List, openList, windowViewport } from './list.ts';
import { partElement } from './parts.ts';
import type { Reader } from './reader.ts';
import { rowElement } from './row-element.ts';

/** A row of the feed, or the head of a file. */
type Item = { row: Row; file: File } | { row: null; file: File };

const keyOf = (item: Item): number => item.row?.key ?? fileKey(item.file);

/** The feed of a transcript: which rows there are, which are unfolded, and where one is. */
export function openFeed(
  feed: HTMLElement,
  options: {
    gistAddress: string;
    covered: () => number;
    reader: () => Reader;
    onRange: () => void;
    ended: AbortSignal;
  },
) {
  let items: Item[] = [];
  let files: readonly File[] = [];
  const open = new Set<number>();
  /** What is unfolded, so that a row that comes back is as tall as it was. */
  const details = new Map<number, Part[]>();

  const make = (item: Item): HTMLElement => {
    if (item.row === null) return fileElement(item.file, options.gistAddress);
    const { row, file } = item;
    const made = rowElement(row, {
      start: file.start,
      open: open.has(row.key),
      inside: file.inside.get(row.key)?.length ?? 0,
    });
    const parts = details.get(row.key);
    if (parts) made.querySelector('.parts')?.append(...parts.map(partElement));
    return made;
  };
  const list: List<Item> = openList<Item>({
    list: feed,
    viewport: windowViewport(options.covered, options.ended),
    key: keyOf,
    estimate: ({ row }) => (row === null ? 110 : estimate(row)),
    make,
    onRange: options.onRange,
  });

  const rebuild = () => {
    items = files.flatMap((file): Item[] => [
      { row: null, file },
      ...file.rows.flatMap((row) => withInside(row, file)),
    ]);
    list.set(items);
  };
  const withInside = (row: Row, file: File): Item[] => {
    const inside = row.kind === 'subagent' && open.has(row.key) ? (file.inside.get(row.key) ?? []) : [];
    return [{ row, file }, ...inside.map((each) => ({ row: each, file }))];
  };

  const load = async (key: number, at?: { field: number; index: number }) => {
    const parts = await options.reader().ask('detail', { key, ...(at ? { at } : {}) });
    if (!open.has(key)) return;
    details.set(key, parts);
    list
      .element(key)
      ?.querySelector('.parts')
      ?.replaceChildren(...parts.map(partElement));
  };

  // A fold's own event does not bubble.
  feed.addEventListener(
    'toggle',
    (event) => {
      const fold = event.target;
      const row = fold instanceof HTMLDetailsElement ? fold.closest<HTMLElement>('[data-key]') : null;
      if (!row || !(fold instanceof HTMLDetailsElement)) return;
      const key = Number(row.dataset.key);
      if (!fold.open) {
        open.delete(key);
        details.delete(key);
        fold.querySelector('.parts')?.replaceChildren();
      } else if (!open.has(key)) {
        open.add(key);
        void load(key);
      }
    },
    true,
  );

  const group = (key: number, isOpen: boolean) => {
    if (isOpen) open.add(key);
    else open.delete(key);
    rebuild();
    list.refresh(key);
  };

  /** The row with this key, unfolding the subagent it is under. */
  const reveal = (key: number): number => {
    const at = list.indexOf(key);
    if (at >= 0) return at;
    for (const file of files) {
      for (const [under, rows] of file.inside) {
        if (!rows.some((row) => row.key === key)) continue;
        group(under, true);
        return list.indexOf(key);
      }
    }
    return -1;
  };

  const go = (key: number): HTMLElement | null => {
    const index = reveal(key);
    if (index < 0) return null;
    list.scrollTo(index);
    const row = list.element(key);
    row?.focus({ preventScroll: true });
    return row ?? null;
  };

  return {
    /** Shows these files' rows. */
    set(next: readonly File[]) {
      files = next;
      rebuild();
    },
    refresh: list.refresh,
    /** Goes to a row and gives it the focus; null when there is none. */
    go,
    /** Moves the focus by so many rows, or to the next row of a kind. */
    move(step: 1 | -1, isWanted: (row: Row | null) => boolean = () => true) {
      const from = list.current();
      const isAt = document.activeElement?.closest('[data-key]') === list.element(keyOf(items[from] as Item));
      // From outside of the feed, the first step is to the row one sees.
      for (let i = isAt || step < 0 ? from + step : from; i >= 0 && i < items.length; i += step) {
        const item = items[i] as Item;
        if (isWanted(item.row)) return go(keyOf(item));
      }
      return null;
    },
    current: (): Item | null => items[list.current()] ?? null,
    /** Unfolds a row or folds it; at a place in it, unfolds it there. */
    toggle(key: number, at?: { field: number; index: number }) {
      const row = list.element(key);
      const fold = row?.querySelector('details');
      if (row?.dataset.kind === 'subagent') group(key, !open.has(key));
      else if (fold && at) {
        open.add(key);
        fold.open = true;
        return load(key, at);
      } else if (fold) fold.open = !fold.open;
      return Promise.resolve();
    },
    /** Key of the row at an address of ours, or of the nearest one above it; and whether it begins there. */
    at(hash: string): { key: number; exact: boolean; line: number; file: number } | null {
      const address = readRowAddress(hash);
      const file = address && files[address.file - 1];
      if (!file) return null;
      const rows = [...file.rows, ...[...file.inside.values()].flat()];
      const same = rows.find((row) => row.line === address.line && row.nth === address.nth);
      const above = rows.reduce<Row | null>(
        (best, row) => (row.line <= address.line && (!best || row.line >= best.line) ? row : best),
        null,
      );
      const key = (same ?? above)?.key ?? fileKey(file);
      return { key, exact: same !== undefined || address.line === 0, line: address.line, file: address.file };
    },
    /** Unfolds the subagents of a file that holds nothing else. */
    openOnly(file: File) {
      if (file.rows.some(({ kind }) => kind !== 'subagent')) return;
      for (const row of file.rows) open.add(row.key);
      rebuild();
    },
    /** Which rows begin at or above the top of what is seen, by their keys. */
    aboveTop(): (key: number) => boolean {
      const top = list.top();
      return (key) => list.indexOf(key) <= top;
    },
  };
}
export type Feed = ReturnType<typeof openFeed>;

/** Asked for of all rows below whenever one turns out taller than was thought. */
const estimates = new WeakMap<Row, number>();

/** About how tall a row is, in pixels, until it was seen. */
function estimate(row: Row): number {
  const known = estimates.get(row);
  if (known !== undefined) return known;
  const height = heightOf(row);
  estimates.set(row, height);
  return height;
}

function heightOf(row: Row): number {
  if (row.body === null) return row.turn ? 72 : 40;
  const characters = 'text' in row.body ? row.body.text.length : JSON.stringify(row.body).length * 0.7;
  return (row.turn ? 60 : 24) + Math.ceil(characters / 75) * 24;
}
