import { isBinary } from './binary.ts';
import { maxHeadChars, moreRecords, sampleRecords } from './format.ts';
import { splitLines } from './lines.ts';
import type { PieceTaker } from './piece-taker.ts';
import { isQuotation, startsJson } from './quotation.ts';
import { parseValues } from './values.ts';
import { readWholeDocument } from './whole-document.ts';

/** What a file's shape is, once enough of it was seen. `ignored` is read no further. */
type Shape = 'unknown' | 'records' | 'document' | 'text' | 'ignored';

interface Held {
  /** The line; of a long one that is whole, only how far it is indented and its bracket. */
  line: string;
  number: number;
  /** JSON values of the line; undefined where it holds none. */
  values: unknown[] | undefined;
  /** Whether nothing but those values is on it. */
  whole: boolean;
}

/** Lines that are not JSON a file may have; each costs a hundred times what a good one does. */
const maxBroken = 10_000;

/** Longest beginning of a file of JSON lines that is held back until its shape is known, in characters. */
const maxHeldChars = 1_000_000;

/** Most lines that programs may have printed above a JSON document, as npm and opencode do. */
const maxNotices = 10;

/**
 * Cuts a file that comes as text, in chunks cut anywhere, into the pieces a format reads: JSON values a line at a time,
 * one JSON document, or lines of text. `end` says whether it was cut off inside a JSON value; null for text.
 */
export function cutPieces(taker: PieceTaker): { push: (chunk: string) => void; end: () => boolean | null } {
  let shape: Shape = 'unknown';
  let held: Held[] = [];
  let heldChars = 0;
  let heldValues = 0;
  let lastCut = false;
  let broken = 0;
  /** How many values the formats are shown. */
  let look = sampleRecords;
  /** How many characters are held until they are. */
  let limit = maxHeldChars;
  const document = readWholeDocument(taker);

  const parseLine = (line: string): { values: unknown[]; whole: boolean } => {
    const { values, rest } = parseValues(line);
    lastCut = rest === 'cut';
    return { values, whole: rest === 'whole' };
  };

  const takeRecords = (values: readonly unknown[], whole: boolean, number: number) => {
    if (!whole) {
      taker.problem('invalid_line', number);
      broken += 1;
      if (broken > maxBroken) {
        taker.problem('mostly_invalid', number);
        shape = 'ignored';
      }
    }
    for (const value of values) taker.take(value, number);
  };

  const decide = (ended: boolean) => {
    const lines = held;
    const values = lines.flatMap((each) => each.values ?? []);
    const written = lines.filter(({ line }) => line.trim() !== '').length;
    const jsonLines = lines.filter((each) => each.values !== undefined).length;
    const first = lines.find(({ line }) => startsJson(line));
    held = [];
    if (isQuotation(lines.map(({ line }) => line))) beginText(lines, false);
    else if (!opensDocument(first) && jsonLines > 0 && jsonLines * 2 >= written) {
      // At the end of a file one value alone is a document, whatever the file is called.
      if (ended && values.length === 1) document.read(values[0]);
      else beginRecords(lines, values, ended);
    } else if (first !== undefined && first === lines[0]) beginDocument(lines, false);
    else beginText(lines, true);
  };

  const beginRecords = (lines: Held[], values: readonly unknown[], ended: boolean) => {
    const sample = { records: values.slice(0, ended ? moreRecords : look), head: '' };
    // Documents of one format may stand a line each.
    if (taker.begin(sample) ?? taker.begin({ ...sample, document: values[0] })) {
      shape = 'records';
      for (const { line, values: found = [], whole, number } of lines)
        if (line.trim() !== '') takeRecords(found, whole, number);
    } else if (ended || look === moreRecords) shape = 'ignored';
    else {
      // A session may begin with the titles of others, and one long line may be all there is: look once more.
      look = moreRecords;
      limit = heldChars + maxHeldChars;
      held = lines;
    }
  };

  const beginDocument = (lines: readonly Held[], below: boolean) => {
    shape = 'document';
    document.begin(below);
    for (const { line } of lines) document.add(line);
  };

  const beginText = (lines: readonly Held[], mayHoldDocument: boolean) => {
    const head = lines
      .map(({ line }) => line)
      .join('\n')
      .slice(0, maxHeadChars);
    const start = lines.findIndex(({ line }) => startsJson(line));
    if (taker.begin({ records: [], head })) {
      shape = 'text';
      for (const { line, number } of lines) taker.take(line, number);
      return;
    }
    shape = 'ignored';
    if (isBinary(head)) taker.problem('binary', 1);
    else if (mayHoldDocument && start > 0 && start <= maxNotices) beginDocument(lines.slice(start), true);
  };

  const hold = (line: string, number: number) => {
    // Of JSON that was looked at once, blank lines tell nothing.
    if ((held.length === 0 || look === moreRecords) && line.trim() === '') return;
    const { values, whole } = startsJson(line) ? parseLine(line) : { values: [], whole: false };
    if (line.trim() !== '' && !startsJson(line)) lastCut = false;
    held.push({
      line: whole && line.length > maxHeadChars ? (/^\s{0,9}[[{]/.exec(line)?.[0] ?? '') : line,
      number,
      values: values.length > 0 ? values : undefined,
      whole,
    });
    heldChars += line.length + 1;
    heldValues += values.length;
    const enough = heldValues > 0 ? heldValues >= look : heldChars > maxHeadChars;
    if (enough || heldChars > limit) decide(false);
  };

  const lines = splitLines(
    (line, number) => {
      if (shape === 'ignored') return;
      if (shape === 'text') taker.take(line, number);
      else if (shape === 'document') document.add(line);
      else if (shape === 'unknown') hold(line, number);
      else if (line.trim() !== '') {
        const { values, whole } = parseLine(line);
        takeRecords(values, whole, number);
      }
    },
    (number) => taker.problem('line_too_long', number),
  );

  return {
    push: lines.push,
    end() {
      lines.end();
      if (shape === 'unknown' && held.length > 0) decide(true);
      if (shape === 'text') return null;
      if (shape === 'document') return document.end();
      if (shape === 'ignored') return false;
      if (lastCut) taker.problem('cut_off', lines.count());
      return lastCut;
    },
  };
}

/** A bracket on a line of its own opens a document, and so does an array whose first line does not close it. */
function opensDocument(first: Held | undefined): boolean {
  return first !== undefined && first.values === undefined && /^\s*(?:\[|\{\s*$)/.test(first.line);
}
