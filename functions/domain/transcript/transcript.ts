import type { Emit } from './event.ts';
import type { TranscriptReader } from './format.ts';
import { cutPieces } from './pieces.ts';
import { type Problem, problemList } from './problem.ts';
import { recogniseFormat } from './recognise.ts';
import { summarise, type TranscriptSummary } from './summary.ts';

/** What became of a file. */
export interface TranscriptReading {
  /** Null when no session was recognised. `truncated` is null for text, which does not show it. */
  summary: (TranscriptSummary & { truncated: boolean | null }) | null;
  problems: Problem[];
}

/**
 * Reads one file of a gist, whatever it is: text is pushed in chunks cut anywhere, events of a recognised session are
 * emitted in file order, and the end gives the summary. Never throws. Holds no more than the beginning of the file and
 * one line, or one JSON document.
 */
export function readTranscript(onEvent: Emit = () => {}): {
  push: (chunk: string) => void;
  end: () => TranscriptReading;
} {
  const problems = problemList();
  let reader: TranscriptReader | null = null;
  let finish: (() => TranscriptSummary) | null = null;
  let isEmpty = true;
  let replaced = false;

  const pieces = cutPieces({
    begin(sample) {
      const format = recogniseFormat(sample);
      if (!format) return null;
      const summary = summarise(format);
      finish = summary.end;
      reader = format.read((event) => {
        summary.add(event);
        onEvent(event);
      });
      return format.unit;
    },
    take: (piece, line) => reader?.take(piece, line),
    problem: problems.note,
  });

  return {
    push(chunk) {
      if (chunk === '') return;
      isEmpty = false;
      replaced ||= chunk.includes('\ufffd');
      pieces.push(chunk);
    },
    end() {
      const cut = pieces.end();
      reader?.end();
      if (isEmpty) problems.note('empty', 1);
      if (replaced) problems.note('invalid_utf8', 1);
      const summary = finish?.() ?? null;
      return { summary: summary && { ...summary, truncated: cut }, problems: problems.list() };
    },
  };
}
