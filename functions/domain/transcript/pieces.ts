import { maxHeadChars, type Sample, sampleRecords, type TranscriptFormat } from './format.ts';
import { splitLines } from './lines.ts';
import type { ProblemCode } from './problem.ts';
import { parseValues } from './values.ts';
import { readWholeDocument } from './whole-document.ts';

/** Who takes a file's pieces. */
export interface PieceTaker {
  /** The file's beginning is known; answers in which pieces the rest should come, or null to hear no more of it. */
  begin(sample: Sample): TranscriptFormat['unit'] | null;
  take(piece: unknown, line: number): void;
  problem(code: ProblemCode, line: number): void;
}

/** What a file's shape is, once enough of it was seen. `ignored` is read no further. */
type Shape = 'unknown' | 'records' | 'document' | 'text' | 'ignored';

interface Held {
  line: string;
  number: number;
  /** JSON values of the line; undefined where it holds none. */
  values: unknown[] | undefined;
}

/** Lines that are not JSON a file may have; each costs a hundred times what a good one does. */
const maxBroken = 10_000;

/** Longest beginning of a file of JSON lines that is held back until its shape is known, in characters. */
const maxHeldChars = 1_000_000;

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
  const document = readWholeDocument(taker);

  const parseLine = (line: string): { values: unknown[]; whole: boolean } => {
    const { values, rest } = parseValues(line);
    lastCut = rest === 'cut';
    return { values, whole: rest === 'whole' };
  };

  const takeRecords = (line: string, number: number) => {
    const { values, whole } = parseLine(line);
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
    held = [];
    const values = lines.flatMap((each) => each.values ?? []);
    const written = lines.filter(({ line }) => line.trim() !== '').length;
    const jsonLines = lines.filter((each) => each.values !== undefined).length;
    // A bracket on a line of its own opens a document, even one that has an element a line.
    const opened = /^\s*[[{]\s*$/.test(lines[0]?.line ?? '');
    if (!opened && jsonLines > 0 && jsonLines * 2 >= written) {
      // At the end of a file one value alone is a document, whatever the file is called.
      if (ended && values.length === 1) return document.read(values[0]);
      shape = taker.begin({ records: values.slice(0, sampleRecords), head: '' }) ? 'records' : 'ignored';
      if (shape !== 'records') return;
      for (const { line, number } of lines) if (line.trim() !== '') takeRecords(line, number);
    } else if (startsJson(lines[0]?.line)) {
      shape = 'document';
      for (const { line } of lines) document.add(line);
    } else {
      beginText(lines);
    }
  };

  const beginText = (lines: readonly Held[]) => {
    const head = lines
      .map(({ line }) => line)
      .join('\n')
      .slice(0, maxHeadChars);
    if (isBinary(head)) {
      taker.problem('binary', 1);
      shape = 'ignored';
      return;
    }
    shape = taker.begin({ records: [], head }) ? 'text' : 'ignored';
    if (shape === 'text') for (const { line, number } of lines) taker.take(line, number);
  };

  const hold = (line: string, number: number) => {
    // opencode's own notice, when its errors were written into the same file as its export.
    if (held.length === 0 && (line.trim() === '' || line.startsWith('Exporting session: '))) return;
    const values = startsJson(line) ? parseLine(line).values : [];
    held.push({ line, number, values: values.length > 0 ? values : undefined });
    heldChars += line.length + 1;
    heldValues += values.length;
    const enough = heldValues > 0 ? heldValues >= sampleRecords : heldChars > maxHeadChars;
    if (enough || heldChars > maxHeldChars) decide(false);
  };

  const lines = splitLines(
    (line, number) => {
      if (shape === 'ignored') return;
      if (shape === 'text') taker.take(line, number);
      else if (shape === 'document') document.add(line);
      else if (shape === 'unknown') hold(line, number);
      else if (line.trim() !== '') takeRecords(line, number);
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

function startsJson(line: string | undefined): boolean {
  const first = line?.trimStart().charAt(0);
  return first === '{' || first === '[';
}

/** Whether a text holds what no text has, or a share of control and replacement characters that no text has. */
export function isBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  const strange = text.match(/(?!\s)\p{Cc}|\ufffd/gu)?.length ?? 0;
  const terminalColours = text.split('\u001b').length - 1;
  return strange - terminalColours > text.length / 20;
}
