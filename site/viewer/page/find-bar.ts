import { counted, countText } from '../../wording/figures.ts';
import type { Hit } from '../protocol.ts';
import type { Feed } from './feed.ts';
import type { Reader } from './reader.ts';

/** Wait after a key before looking, in milliseconds. */
const pause = 150;
/** Places that are marked at a time. */
const maxMarks = 400;

/** Finds words in all that was read, what is folded or not on the page included, and goes from one row to the next. */
export function openFindBar(
  form: HTMLFormElement,
  feed: Feed,
  feedElement: HTMLElement,
  reader: () => Reader,
  ended: AbortSignal,
) {
  const field = form.querySelector<HTMLInputElement>('input[type=search]');
  const told = form.querySelector('output');
  let hits: readonly Hit[] = [];
  let total = 0;
  let more = false;
  let at = -1;
  let timer = 0;
  let looking: Promise<void> = Promise.resolve();
  if (!field || !told) throw new Error('the form has no field to find by');

  const tell = () => {
    if (field.value.trim() === '') told.value = '';
    else if (hits.length === 0) told.value = 'Not found';
    else {
      const place = at < 0 ? '' : `Row ${countText(at + 1)} of ${countText(hits.length)}. `;
      told.value = `${place}${more ? 'More than ' : ''}${counted(total, 'place')} in ${counted(hits.length, 'row')}`;
    }
  };

  const look = async () => {
    const words = field.value;
    const found = await reader().ask('find', { words });
    if (words !== field.value) return;
    ({ hits, total, more } = found);
    at = -1;
    tell();
    mark();
  };

  const lookNow = () => {
    clearTimeout(timer);
    timer = 0;
    looking = look();
  };

  const go = async (step: 1 | -1) => {
    if (timer !== 0) lookNow();
    await looking;
    if (hits.length === 0) return;
    at = (at + step + hits.length) % hits.length;
    const hit = hits[at];
    if (!hit) return;
    tell();
    const typing = document.activeElement === field;
    const row = feed.go(hit.key);
    await feed.toggle(hit.key, hit);
    mark();
    const [range] = row ? ranges(row, field.value, 1) : [];
    if (range) show(range);
    // Who types goes on to the next by the same key.
    if (typing) field.focus({ preventScroll: true });
  };

  /** Marks what is found in the rows on the page, without touching them. */
  const mark = () => {
    if (!('highlights' in CSS)) return;
    CSS.highlights.set('found', new Highlight(...ranges(feedElement, field.value, maxMarks)));
  };

  // The browser's marks belong to the whole page, and would keep the rows they are in.
  ended.addEventListener('abort', () => 'highlights' in CSS && CSS.highlights.delete('found'));
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(lookNow, pause);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void go(1);
  });
  form.querySelector('[data-find=back]')?.addEventListener('click', () => void go(-1));
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.shiftKey) {
      event.preventDefault();
      void go(-1);
    }
    const hit = hits[at];
    if (event.key === 'Escape' && hit) {
      event.preventDefault();
      feed.go(hit.key);
    }
  });

  return {
    focus: () => field.select(),
    next: () => go(1),
    previous: () => go(-1),
    mark,
    again: () => field.value !== '' && lookNow(),
  };
}

/** Scrolls to a place in a text: within what scrolls of its own, and then the page. */
function show(range: Range): void {
  const box = range.startContainer.parentElement?.closest('pre, dd');
  if (box) {
    const { top } = range.getBoundingClientRect();
    box.scrollTop += top - box.getBoundingClientRect().top - box.clientHeight / 2;
  }
  const { top, bottom } = range.getBoundingClientRect();
  const third = window.innerHeight / 3;
  if (top < third / 2 || bottom > window.innerHeight)
    window.scrollBy({ top: top - third, behavior: 'instant' });
}

function ranges(within: Element, words: string, most: number): Range[] {
  const sought = words.trim().toLowerCase();
  if (sought === '') return [];
  const found: Range[] = [];
  const texts = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = (node.nodeValue ?? '').toLowerCase();
    for (let i = text.indexOf(sought); i >= 0; i = text.indexOf(sought, i + sought.length)) {
      const range = document.createRange();
      range.setStart(node, i);
      // Some letters are longer in lower case.
      range.setEnd(node, Math.min(i + sought.length, node.nodeValue?.length ?? 0));
      found.push(range);
      if (found.length >= most) return found;
    }
  }
  return found;
}
