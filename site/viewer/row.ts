/** A block of the Markdown that is shown; everything else in an answer stays text. */
export type Block =
  | { kind: 'paragraph'; inlines: Inline[] }
  | { kind: 'heading'; level: number; inlines: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'list'; start: number | null; items: Block[][] }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };

/** Running text, or a piece of it that is marked. An image is told, never loaded. */
export type Inline =
  | string
  | { kind: 'strong' | 'emphasis' | 'deleted'; inlines: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; inlines: Inline[] }
  | { kind: 'image'; alt: string; href: string | null }
  | { kind: 'break' };

/** What a row says, ready to be shown: Markdown of an answer, or text as it is. */
export type Body = { blocks: Block[] } | { text: string };

export type RowKind =
  | 'file'
  | 'session'
  | 'prompt'
  | 'command'
  | 'context'
  | 'system'
  | 'answer'
  | 'thinking'
  | 'tool'
  | 'compaction'
  | 'image'
  | 'subagent'
  /** All of a file in which no session was recognised. */
  | 'text'
  | 'branch';

/** What a row begins: a person's or the model's turn. Told on the first of the rows a message has. */
export interface Turn {
  who: 'prompt' | 'command' | 'answer';
  /** Its number among those of its kind that count; null where the summary does not count it. */
  ordinal: number | null;
  /** Told where it is another one than of the answer before. */
  model: string | null;
  /** Tokens read and written for it; null where the file does not say. */
  input: number | null;
  output: number | null;
  /** How many branchings lie above it in the tree of messages. */
  depth: number;
}

/** What came of a tool call. */
export interface ResultMark {
  /** `none`: the file holds no result. */
  state: 'ok' | 'failed' | 'unknown' | 'none';
  /** Lines of the result. */
  lines: number;
}

/** One row of a transcript, as the page shows it: as much as is seen before anything is unfolded. */
export interface Row {
  /** Its number in the whole transcript. */
  key: number;
  /** The file's number, from 1, and the line it begins at (0: the file as a whole), with its number among those there. */
  file: number;
  line: number;
  nth: number;
  kind: RowKind;
  /** Key of the subagent it belongs to; null in the main conversation. */
  under: number | null;
  /** ISO 8601, as the file has it. */
  at: string | null;
  turn: Turn | null;
  /** A tool call that the summary counts. */
  counted: boolean;
  /** Name of the tool, session or file. */
  title: string;
  /** What is folded, in a line. */
  brief: string;
  /** What is shown without unfolding anything. */
  body: Body | null;
  result: ResultMark | null;
  /** Key of the row a branch goes on from. */
  target: number | null;
}

/** A row's address in the page: `#f1-l42`, and `#f1-l42.2` for the second row that begins at that line. */
export function rowAddress({ file, line, nth }: Pick<Row, 'file' | 'line' | 'nth'>): string {
  return `#f${file}-l${line}${nth > 1 ? `.${nth}` : ''}`;
}

/** Reads such an address; null for any other. */
export function readRowAddress(hash: string): { file: number; line: number; nth: number } | null {
  const [, file, line, nth = '1'] = /^#f(\d{1,3})-l(\d{1,9})(?:\.(\d{1,6}))?$/.exec(hash) ?? [];
  return file === undefined ? null : { file: Number(file), line: Number(line), nth: Number(nth) };
}
