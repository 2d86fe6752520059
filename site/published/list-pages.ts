/** Sessions on a page of a list. */
export const pageSize = 50;

/** One page of a list. Pages count from 1; an empty list has one, empty page. */
export interface ListPage {
  number: number;
  count: number;
  /** Sessions in the whole list. */
  total: number;
  /** Place in the list of this page's first and last session, counting from 1. */
  first: number;
  last: number;
}

/** The number of a page as an address writes it, or null: `2`, and not `02`, `2.0` or `0`. */
export function pageNumber(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** How many sessions come before page `number`. */
export function startOf(number: number): number {
  return (number - 1) * pageSize;
}

/** Page `number` of a list of `total` sessions, or null when there is none. */
export function listPage(total: number, number: number): ListPage | null {
  const count = Math.max(1, Math.ceil(total / pageSize));
  if (number > count) return null;
  const start = startOf(number);
  return { number, count, total, first: start + 1, last: Math.min(total, start + pageSize) };
}
