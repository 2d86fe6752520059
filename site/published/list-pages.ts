/** Rows on a page of a list. */
const pageSize = 50;

/** One page of a list. Pages count from 1; an empty list has one, empty page. */
export interface ListPage<Row> {
  rows: readonly Row[];
  number: number;
  count: number;
  /** Rows in the whole list. */
  total: number;
  /** Place in the list of this page's first row, counting from 1. */
  first: number;
}

/** How many pages a list of `total` rows has: at least one. */
function pageCount(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** Page `number` (as an address gives it) of a list, or null when there is none. */
export function listPage<Row>(rows: readonly Row[], number: string | number): ListPage<Row> | null {
  const wanted = Number(number);
  const count = pageCount(rows.length);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > count) return null;
  const start = (wanted - 1) * pageSize;
  return {
    rows: rows.slice(start, start + pageSize),
    number: wanted,
    count,
    total: rows.length,
    first: start + 1,
  };
}

/** Numbers of the pages after the first, as address parameters. */
export function laterPages(total: number): string[] {
  return Array.from({ length: pageCount(total) - 1 }, (_, index) => String(index + 2));
}
