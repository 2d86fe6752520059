import type { Row } from '../row.ts';

/** A tool's answer, in full. */
interface Result {
  text: string;
  failed: boolean | null;
}

/** A row with all it was made from; only the row itself goes to the page. */
export interface Source {
  row: Row;
  /** What was said, in full: of a message told in several rows, the whole message, on the first of them. */
  text: string;
  /** The first row of the same message. */
  first: Source | null;
  /** What a tool was called with, as the file has it. */
  input: unknown;
  results: Result[];
}
