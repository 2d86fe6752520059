import type { FileReport, FileToRead } from '../protocol.ts';
import type { Row } from '../row.ts';
import type { Trouble } from '../trouble.ts';

/** A file of the gist, as far as it was read. */
export interface File {
  /** From 1. */
  number: number;
  source: FileToRead;
  /** `held`: it is read when somebody asks for it. */
  state: 'waiting' | 'held' | 'reading' | 'done' | 'trouble';
  /** Bytes read so far. */
  read: number;
  report: FileReport | null;
  trouble: Trouble | null;
  /** Rows of the main conversation, and those under a subagent by its key. */
  rows: Row[];
  inside: Map<number, Row[]>;
  /** The earliest time of its rows, in milliseconds. */
  start: number | null;
}

/** Bytes that are read without being asked for. */
const unasked = 20_000_000;

/** The files a page names, in their order; what is too much to read unasked waits for a word. */
export function filesOf(sources: readonly FileToRead[]): File[] {
  let bytes = 0;
  return sources.map((source, i) => {
    bytes += source.bytes;
    return {
      number: i + 1,
      source,
      state: bytes <= unasked || i === 0 ? 'waiting' : 'held',
      ...unread(),
    };
  });
}

/** What is known of a file before it is read. */
export function unread() {
  return { read: 0, report: null, trouble: null, rows: [], inside: new Map(), start: null };
}

export function addRows(file: File, added: readonly Row[]): void {
  for (const row of added) {
    const time = row.at === null ? Number.NaN : Date.parse(row.at);
    if (!Number.isNaN(time) && (file.start === null || time < file.start)) file.start = time;
    if (row.under === null) file.rows.push(row);
    else {
      const inside = file.inside.get(row.under);
      if (inside) inside.push(row);
      else file.inside.set(row.under, [row]);
    }
  }
}

/** A row told before, as it is now. */
export function changeRow(file: File, row: Row): void {
  const rows = row.under === null ? file.rows : (file.inside.get(row.under) ?? []);
  // Keys rise; a file may hold a hundred thousand calls before the first of their results.
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.key ?? 0) < row.key) low = middle + 1;
    else high = middle;
  }
  if (rows[low]?.key === row.key) rows[low] = row;
}

/** The file and the row with this key; a file alone where the key stands for it. */
export function findRow(files: readonly File[], key: number): { file: File; row: Row | null } | null {
  for (const file of files) {
    if (fileKey(file) === key) return { file, row: null };
    for (const rows of [file.rows, ...file.inside.values()]) {
      const row = rows.find((each) => each.key === key);
      if (row) return { file, row };
    }
  }
  return null;
}

/** The key of the row that stands for a file; those of other rows are not below 0. */
export const fileKey = ({ number }: Pick<File, 'number'>): number => -number;
