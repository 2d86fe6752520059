import type { DiffLine } from '../detail.ts';
import type { Comparison, FileToRead } from '../protocol.ts';
import { changedLines } from '../thread/edits.ts';
import { visibleLine } from '../thread/visible.ts';
import { isTrouble, type Trouble } from '../trouble.ts';
import { fetchFile } from './fetch-file.ts';
import { textOf } from './file-text.ts';

/** Unchanged lines shown around a change, and characters around one within a line. */
const around = 2;
const within = 160;
/** How long two files are compared line by line, in milliseconds. */
const patience = 5000;
/** Lines of changes that are shown. */
const most = 500;

/** What was changed in a file between two revisions; one that was not there before or is not there any more is all new or all gone. */
export async function compare(
  before: FileToRead | null,
  after: FileToRead | null,
): Promise<Comparison | Trouble> {
  const [old, fresh] = await Promise.all([contentOf(before), contentOf(after)]);
  if (isTrouble(old)) return old;
  if (isTrouble(fresh)) return fresh;
  const lines = nearChanges(changedLines(old, fresh, patience));
  return {
    lines: focused(lines)
      .slice(0, most)
      .map(([mark, line]) => [mark, visibleLine(line)]),
    cut: lines.length > most,
  };
}

async function contentOf(source: FileToRead | null): Promise<string | Trouble> {
  if (source === null) return '';
  const fetched = await fetchFile(source, () => {});
  return isTrouble(fetched) ? fetched : textOf(fetched);
}

/** Leaves out what is far from every change. */
function nearChanges(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Set<number>();
  lines.forEach(([mark], i) => {
    if (mark === ' ') return;
    for (let j = i - around; j <= i + around; j += 1) near.add(j);
  });
  return lines.flatMap((line, i): DiffLine[] => {
    if (near.has(i)) return [line];
    return i > 0 && near.has(i - 1) && i < lines.length - 1 ? [['@', '…']] : [];
  });
}

/** Lines of JSON are long: of one that replaces another, only what differs is shown, with something around it. */
function focused(lines: readonly DiffLine[]): DiffLine[] {
  const shown: DiffLine[] = [];
  for (let i = 0; i < lines.length; ) {
    const removed = run(lines, i, '-');
    const added = run(lines, i + removed.length, '+');
    if (removed.length === added.length && removed.length > 0) {
      removed.forEach((old, j) => {
        const fresh = added[j] ?? '';
        const [left, right] = sharedEnds(old, fresh);
        shown.push(['-', excerpt(old, left, right)], ['+', excerpt(fresh, left, right)]);
      });
      i += removed.length + added.length;
    } else {
      const [mark, line] = lines[i] ?? [' ', ''];
      shown.push([mark, line.length > within * 2 ? `${line.slice(0, within * 2)}…` : line]);
      i += 1;
    }
  }
  return shown;
}

function run(lines: readonly DiffLine[], start: number, mark: DiffLine[0]): string[] {
  const texts: string[] = [];
  for (let i = start; lines[i]?.[0] === mark; i += 1) texts.push(lines[i]?.[1] ?? '');
  return texts;
}

/** How many characters two lines share at their beginning and at their end. */
function sharedEnds(a: string, b: string): [left: number, right: number] {
  const most = Math.min(a.length, b.length);
  let left = 0;
  while (left < most && a[left] === b[left]) left += 1;
  let right = 0;
  while (right < most - left && a[a.length - 1 - right] === b[b.length - 1 - right]) right += 1;
  return [left, right];
}

function excerpt(line: string, left: number, right: number): string {
  const start = Math.max(0, left - within);
  const end = Math.min(line.length, Math.max(line.length - right + within, start + within));
  const middle = line.slice(start, end);
  const cut = middle.length > within * 8 ? `${middle.slice(0, within * 8)}…` : middle;
  return `${start > 0 ? '…' : ''}${cut}${end < line.length ? '…' : ''}`;
}
