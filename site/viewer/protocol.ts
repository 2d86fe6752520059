import type { Problem } from '#domain/transcript/problem.ts';
import type { DiffLine, Part, Stretch } from './detail.ts';
import type { Row } from './row.ts';
import type { Trouble } from './trouble.ts';

/** A file to read: where it is, and what it must be. */
export interface FileToRead {
  name: string;
  url: string;
  bytes: number;
  gitBlobSha: string;
}

/** What a file turned out to be, once all of it was read and its hash was right. */
export interface FileReport {
  /** Null when no session was recognised; its text can be read all the same. */
  session: {
    format: string;
    agent: string | null;
    agentVersion: string | null;
    rendered: boolean;
    truncated: boolean;
    inputTokens: number | null;
    outputTokens: number | null;
  } | null;
  /** Prompts, commands, answers and tool calls among its rows that count. */
  counts: { prompt: number; command: number; answer: number; tool: number };
  lines: number;
  problems: Problem[];
}

/** A row in which something was found. */
export interface Hit {
  key: number;
  count: number;
  /** The text and the character of the first place, for what is folded. */
  field: number;
  index: number;
}

/** A file that was edited between two revisions: what changed, with a little around it. */
export interface Comparison {
  lines: DiffLine[];
  cut: boolean;
}

/** What the page asks of the worker, each answered once. */
export interface Asks {
  detail: { ask: { key: number; at?: { field: number; index: number } }; answer: Part[] };
  stretch: { ask: { key: number; field: number; from: number }; answer: Stretch };
  source: { ask: { key: number }; answer: string };
  find: { ask: { words: string }; answer: { hits: Hit[]; total: number; more: boolean } };
  raw: { ask: { file: number; line: number }; answer: Stretch | null };
  compare: { ask: { before: FileToRead | null; after: FileToRead | null }; answer: Comparison | Trouble };
}
export type Question = keyof Asks;

export type ToWorker =
  /** Keys of its rows are `firstKey` and above: those of a worker that was stopped are not used again. */
  | { kind: 'read'; file: number; source: FileToRead; firstKey: number }
  | { [Name in Question]: { kind: 'ask'; id: number; name: Name; ask: Asks[Name]['ask'] } }[Question];

export type FromWorker =
  | { kind: 'rows'; file: number; added: Row[]; changed: Row[]; bytes: number }
  | { kind: 'done'; file: number; report: FileReport }
  | { kind: 'trouble'; file: number; trouble: Trouble }
  | { kind: 'answer'; id: number; answer: unknown };
