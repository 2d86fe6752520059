import { isBinary } from './binary.ts';
import { moreRecords, sampleRecords } from './format.ts';
import { maxLineChars } from './lines.ts';
import type { PieceTaker } from './piece-taker.ts';
import { parseValues, repairCut } from './values.ts';

/** Collects a file that is one JSON value over many lines, and hands it on when it has ended. */
export function readWholeDocument(taker: PieceTaker): {
  /** Told once before the first line: whether other text stands above it, so that it may not be JSON after all. */
  begin: (below: boolean) => void;
  add: (line: string) => void;
  /** Hands on a document that is complete already. */
  read: (document: unknown) => void;
  /** Says whether the file was cut off inside the document. */
  end: () => boolean;
} {
  let lines: string[] = [];
  let characters = 0;
  let isBelow = false;

  const begin = (records: readonly unknown[], document?: unknown) => {
    const whole = document === undefined ? {} : { document };
    const show = (most: number) => taker.begin({ records: records.slice(0, most), ...whole, head: '' });
    return show(sampleRecords) ?? (records.length > sampleRecords ? show(moreRecords) : null);
  };

  /** Hands on what was found; says whether it is a session. Several documents may be sessions of one format. */
  const hand = (elements: readonly unknown[], document?: unknown): boolean => {
    const unit = begin(elements, document);
    if (unit === 'document') taker.take(document, 1);
    else if (unit === 'record' || (document !== elements[0] && begin(elements, elements[0])))
      for (const element of elements) taker.take(element, 1);
    else return false;
    return true;
  };

  const read = (document: unknown) => hand(Array.isArray(document) ? document : [document], document);

  return {
    begin(below) {
      isBelow = below;
    },
    read,
    add(line) {
      characters += line.length + 1;
      if (characters <= maxLineChars) lines.push(line);
      else lines = [];
    },
    end() {
      if (characters > maxLineChars) {
        taker.problem('document_too_long', 1);
        return false;
      }
      const text = lines.join('\n');
      const { values, rest } = parseValues(text);
      if (values.length === 0 && isBinary(text)) {
        taker.problem('binary', 1);
        return false;
      }
      const repaired = rest === 'cut' && values.length === 0 ? repairCut(text) : undefined;
      const [only = repaired] = values;
      // Words above and below: a text about it.
      if (isBelow && rest === 'broken') return false;
      const known = values.length > 1 ? hand(values) : only !== undefined && read(only);
      if (isBelow && !known) return false;
      if (rest === 'broken') taker.problem('invalid_line', 1);
      if (rest === 'cut') taker.problem('cut_off', 1);
      return rest === 'cut';
    },
  };
}
