import type { Card } from '../../browse/card.ts';
import { type Selection, selectionQuery } from '../../browse/selection.ts';
import { pageSize } from '../../published/list-pages.ts';
import { countText } from '../../wording/figures.ts';
import { copyOf, part } from './part.ts';
import { rowOf } from './row.ts';

/** The address of a page of a selection. */
export function addressOf(selection: Selection, page = 1): string {
  const query = selectionQuery(selection, page).toString();
  return query === '' ? '/sessions' : `/sessions?${query}`;
}

/** The list: its heading, rows and pager. `parts` has a row and a pager to copy. */
export function openResults(root: HTMLElement, parts: ParentNode) {
  const section = part(root, '[data-found]');
  const heading = part(section, '[data-total]');
  const sum = part(section, '[data-sum]');
  const list = part(section, '[data-list]');
  const body = part(list, 'tbody');
  const pager = part(section, '[data-pager]');
  const fullRow = part<HTMLTableRowElement>(parts, 'tbody tr');
  const fullPager = part(parts, 'nav');
  // What the page came with is the first page of everything.
  const newest = [heading.textContent, sum.textContent, [...body.children], [...pager.childNodes]] as const;

  const pagerOf = (selection: Selection, page: number, shown: number, total: number | null): HTMLElement => {
    const made = copyOf(fullPager);
    const first = (page - 1) * pageSize + 1;
    const pages = total === null ? null : Math.ceil(total / pageSize);
    part(made, '[rel=prev]').setAttribute('href', addressOf(selection, page - 1));
    part(made, '[rel=next]').setAttribute('href', addressOf(selection, page + 1));
    part(made, 'p').textContent =
      `${countText(first)}–${countText(first + shown - 1)}` +
      (total === null
        ? `, page ${countText(page)}`
        : ` of ${countText(total)}, page ${countText(page)} of ${countText(pages ?? page)}`);
    if (page === 1) part(made, '[rel=prev]').remove();
    if (pages === null ? shown < pageSize : page >= pages) part(made, '[rel=next]').remove();
    return made;
  };

  const showPager = (selection: Selection, page: number, shown: number, total: number | null) => {
    const onePage = page === 1 && (total ?? shown) <= shown && shown < pageSize;
    pager.replaceChildren(...(shown === 0 || onePage ? [] : [pagerOf(selection, page, shown, total)]));
  };

  return {
    heading,
    busy: (is: boolean) => {
      section.ariaBusy = String(is);
    },
    /** As the page came. */
    newest() {
      [heading.textContent, sum.textContent] = newest;
      body.replaceChildren(...newest[2]);
      pager.replaceChildren(...newest[3]);
      list.hidden = false;
    },
    rows(cards: readonly Card[], selection: Selection, page: number, total: number | null) {
      body.replaceChildren(...cards.map((card) => rowOf(card, fullRow)));
      list.hidden = cards.length === 0;
      showPager(selection, page, cards.length, total);
    },
    /** Tells how many there are, where that was not yet known when the rows were shown. */
    pager: showPager,
    nothing() {
      body.replaceChildren();
      pager.replaceChildren();
      list.hidden = true;
    },
    title(words: string, sentence: string) {
      heading.textContent = words;
      sum.textContent = sentence;
    },
    /** To the beginning of the list, for who goes to another page. */
    focus() {
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: 'start' });
    },
  };
}
export type Results = ReturnType<typeof openResults>;
