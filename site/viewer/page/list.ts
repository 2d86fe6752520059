/** What a list of rows scrolls in. */
export interface Viewport {
  /** How far the top of what is seen is below the list's own top, in pixels, and how much is seen. */
  seen(list: HTMLElement): { top: number; height: number };
  scrollBy(pixels: number): void;
  onScroll(listener: () => void): void;
}

/** The window, without what covers its top; listened to until `ended`. */
export function windowViewport(covered: () => number, ended: AbortSignal): Viewport {
  return {
    seen: (list) => ({
      top: covered() - list.getBoundingClientRect().top,
      height: window.innerHeight - covered(),
    }),
    scrollBy: (pixels) => window.scrollBy({ top: pixels, behavior: 'instant' }),
    onScroll(listener) {
      window.addEventListener('scroll', listener, { passive: true, signal: ended });
      window.addEventListener('resize', listener, { passive: true, signal: ended });
    },
  };
}

/** An element that scrolls. */
export function elementViewport(scroller: HTMLElement): Viewport {
  return {
    seen: (list) => ({
      top: scroller.getBoundingClientRect().top - list.getBoundingClientRect().top,
      height: scroller.clientHeight,
    }),
    scrollBy: (pixels) => scroller.scrollBy({ top: pixels, behavior: 'instant' }),
    onScroll: (listener) => scroller.addEventListener('scroll', listener, { passive: true }),
  };
}

interface ListOptions<Item> {
  /** Holds the rows, and nothing else. */
  list: HTMLElement;
  viewport: Viewport;
  key(item: Item): number;
  /** Height before it was measured, in pixels. */
  estimate(item: Item): number;
  make(item: Item): HTMLElement;
  /** Told after each change of what is on the page, with the indexes of the first and last row there. */
  onRange?(first: number, last: number): void;
}

/** Pixels beyond what is seen in which rows are made, too. */
const beyond = 400;

/**
 * Shows of a long list only what is seen and a little more; the rest is room. What is seen stays where it is when rows
 * above it turn out taller than was thought. The focus stays on a row that has left the page, in that the list itself
 * has it until the row is back.
 */
export function openList<Item>({ list, viewport, key, estimate, make, onRange }: ListOptions<Item>) {
  let items: readonly Item[] = [];
  /** Where the row with a key is; made when it is asked for first. */
  let places: Map<number, number> | null = null;
  const heights = new Map<number, number>();
  const elements = new Map<number, HTMLElement>();
  /** Where each row begins, and where the last one ends; right up to `valid`. */
  let tops = new Float64Array(1);
  let valid = 0;
  let first = 0;
  let last = -1;
  let scheduled = false;
  let focused: number | null = null;
  /** How far down one was when rows were made last. */
  let seenAt = Number.NaN;

  const heightOf = (item: Item) => heights.get(key(item)) ?? estimate(item);
  const topOf = (index: number): number => {
    if (tops.length <= items.length) {
      const longer = new Float64Array(Math.max(1024, items.length * 2));
      longer.set(tops);
      tops = longer;
    }
    for (; valid < index; valid += 1) tops[valid + 1] = (tops[valid] ?? 0) + heightOf(items[valid] as Item);
    return tops[index] ?? 0;
  };
  const total = () => topOf(items.length);
  const indexAt = (pixels: number): number => {
    let low = 0;
    let high = items.length - 1;
    topOf(items.length);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((tops[middle] ?? 0) <= pixels) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const remove = (gone: number, row: HTMLElement) => {
    if (row.contains(document.activeElement)) {
      focused = gone;
      list.focus({ preventScroll: true });
    }
    sizes.unobserve(row);
    row.remove();
    elements.delete(gone);
  };

  const place = (from: number, to: number) => {
    const wanted = new Set<number>();
    for (let i = from; i <= to; i += 1) wanted.add(key(items[i] as Item));
    for (const [each, row] of elements) if (!wanted.has(each)) remove(each, row);
    let before: ChildNode | null = list.firstChild;
    for (let i = from; i <= to; i += 1) {
      const item = items[i] as Item;
      let row = elements.get(key(item));
      if (!row) {
        row = make(item);
        elements.set(key(item), row);
        sizes.observe(row);
      }
      row.setAttribute('aria-posinset', String(i + 1));
      row.setAttribute('aria-setsize', String(items.length));
      if (row === before) before = row.nextSibling;
      else list.insertBefore(row, before);
    }
    const back = focused !== null && document.activeElement === list ? elements.get(focused) : undefined;
    if (back) giveFocus(back);
    list.style.paddingBlockStart = `${topOf(from)}px`;
    list.style.paddingBlockEnd = `${Math.max(0, total() - topOf(to + 1))}px`;
  };

  /** Whether a row is not as tall as was thought. */
  const measure = (): boolean => {
    let other = false;
    for (let i = first; i <= last && i < items.length; i += 1) {
      const item = items[i] as Item;
      const row = elements.get(key(item));
      if (!row) continue;
      const { height } = row.getBoundingClientRect();
      if (Math.abs(height - heightOf(item)) < 0.5) continue;
      heights.set(key(item), height);
      valid = Math.min(valid, i);
      other = true;
    }
    return other;
  };

  const render = () => {
    scheduled = false;
    if (items.length === 0) {
      place(0, -1);
      return;
    }
    settle();
    for (let pass = 0; pass < 4; pass += 1) {
      const { top, height } = viewport.seen(list);
      first = indexAt(Math.max(0, top - beyond));
      last = indexAt(Math.max(0, top + height + beyond));
      const anchor = indexAt(Math.max(0, top));
      const before = topOf(anchor);
      place(first, last);
      if (!measure()) break;
      const moved = topOf(anchor) - before;
      list.style.paddingBlockStart = `${topOf(first)}px`;
      list.style.paddingBlockEnd = `${Math.max(0, total() - topOf(last + 1))}px`;
      if (Math.abs(moved) >= 0.5 && top > 0) viewport.scrollBy(moved);
    }
    seenAt = viewport.seen(list).top;
    onRange?.(first, last);
  };

  /**
   * Takes note of rows that have grown since. Where nobody scrolled meanwhile, what is seen is moved back to where it was;
   * where somebody did, it was within the row as it is now.
   */
  const settle = () => {
    const { top } = viewport.seen(list);
    const anchor = indexAt(Math.max(0, top));
    const before = topOf(anchor);
    if (!measure() || top <= 0 || Math.abs(top - seenAt) >= 1) return;
    const moved = topOf(anchor) - before;
    if (Math.abs(moved) >= 0.5) viewport.scrollBy(moved);
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(render);
  };
  const sizes = new ResizeObserver(schedule);
  viewport.onScroll(schedule);

  const indexOf = (wanted: number): number => {
    places ??= new Map(items.map((item, i) => [key(item), i]));
    return places.get(wanted) ?? -1;
  };

  return {
    /** Shows these rows. Those that are on the page stay as they were made; `refresh` makes one anew. */
    set(next: readonly Item[]) {
      items = next;
      places = null;
      valid = 0;
      schedule();
    },
    /** Makes a row anew: it has changed. */
    refresh(changed: number) {
      const row = elements.get(changed);
      const item = row && items[indexOf(changed)];
      if (!row || !item) return;
      const made = make(item);
      const hadFocus = row.contains(document.activeElement);
      sizes.unobserve(row);
      row.replaceWith(made);
      elements.set(changed, made);
      sizes.observe(made);
      if (hadFocus) giveFocus(made);
      schedule();
    },
    indexOf,
    /** The row the keyboard is at, or was at before it left the page; else the first one seen. */
    current(): number {
      const row = document.activeElement?.closest<HTMLElement>('[data-key]');
      const at =
        row && list.contains(row)
          ? Number(row.dataset.key)
          : document.activeElement === list
            ? focused
            : null;
      const index = at === null ? -1 : indexOf(at);
      const { top, height } = viewport.seen(list);
      if (index >= 0 && topOf(index) < top + height && topOf(index + 1) > top) return index;
      return indexAt(Math.max(0, top));
    },
    /** The first row of which more than a hair is seen. */
    top: () => indexAt(Math.max(0, viewport.seen(list).top + 2)),
    /** Brings a row to the top of what is seen. */
    scrollTo(index: number) {
      for (let pass = 0; pass < 5; pass += 1) {
        const { top } = viewport.seen(list);
        const move = topOf(index) - top;
        if (Math.abs(move) < 1) break;
        viewport.scrollBy(move);
        render();
      }
    },
    element: (wanted: number): HTMLElement | undefined => elements.get(wanted),
  };
}
export type List<Item> = ReturnType<typeof openList<Item>>;

/** To a row, or to the link in it where the row itself takes none. */
function giveFocus(row: HTMLElement): void {
  const takes = row.hasAttribute('tabindex') ? row : row.querySelector('a');
  takes?.focus({ preventScroll: true });
}
