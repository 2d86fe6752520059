import { sampleRecords } from './format.ts';
import { maxLineChars } from './lines.ts';
import { isBinary, type PieceTaker } from './pieces.ts';
import { parseValues, repairCut } from './values.ts';

/** Collects a file that is one JSON value over many lines, and hands it on when it has ended. */
export function readWholeDocument(taker: PieceTaker): {
  add: (line: string) => void;
  /** Hands on a document that is complete already. */
  read: (document: unknown) => void;
  /** Says whether the file was cut off inside the document. */
  end: () => boolean;
} {
  let lines: string[] = [];
  let characters = 0;

  const read = (document: unknown) => {
    const elements = Array.isArray(document) ? document : [document];
    const unit = taker.begin({ records: elements.slice(0, sampleRecords), document, head: '' });
    if (unit === 'record') for (const element of elements) taker.take(element, 1);
    else if (unit === 'document') taker.take(document, 1);
  };

  return {
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
      if (rest === 'broken') taker.problem('invalid_line', 1);
      if (values.length === 1) read(values[0]);
      else if (values.length > 1 && taker.begin({ records: values.slice(0, sampleRecords), head: '' })) {
        for (const value of values) taker.take(value, 1);
      }
      if (rest !== 'cut') return false;
      taker.problem('cut_off', 1);
      const repaired = values.length === 0 ? repairCut(text) : undefined;
      if (repaired !== undefined) read(repaired);
      return true;
    },
  };
}
