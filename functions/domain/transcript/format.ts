import type { AgentId } from './agent.ts';
import type { Emit } from './event.ts';

/** What a format is recognised by: the beginning of a file, or all of it where it is one JSON value. */
export interface Sample {
  /** The first JSON values of a file of lines, or elements of a JSON array: `sampleRecords`, else `moreRecords`. */
  records: readonly unknown[];
  /** The whole file, where it is one JSON value. */
  document?: unknown;
  /** The first lines of a text file, at most `maxHeadChars` characters. Empty for JSON. */
  head: string;
}

/** How sure a format is that a file is its own. The surest takes the file. */
type Confidence = 'no' | 'likely' | 'certain';

/** What a format's files tell at all. What they do not tell is null in the summary, never 0. */
export type Tells = 'prompts' | 'answers' | 'tool_calls' | 'tool_results' | 'thinking' | 'subagents';

/**
 * One way an agent writes a session down. `unit` says in which pieces the reader takes a file:
 * `record` a JSON value at a time (JSON lines, or the elements of an array), `document` the one JSON value a file is,
 * `line` a line of text at a time.
 */
export interface TranscriptFormat {
  id: string;
  /** Null when the file names the agent inside; then the reader emits it with a `session` event. */
  agent: AgentId | null;
  /** Raised when the module reads a file differently than before, so that approved sessions are inspected again. */
  version: number;
  unit: 'record' | 'document' | 'line';
  /** Made from a session for people to look at: when a gist holds the agent's own file too, this one is not counted. */
  rendered?: true;
  tells: readonly Tells[];
  /** Looks at parsed keys, never at a file's name. Must not throw, whatever the sample holds. */
  recognise(sample: Sample): Confidence;
  /** Starts reading one file. */
  read(emit: Emit): TranscriptReader;
}

export interface TranscriptReader {
  /** Takes the next piece. Skips what it does not know; must not throw, whatever the piece is. */
  take(piece: unknown, line: number): void;
  /** The file ended: emit what is still held. */
  end(): void;
}

export const maxHeadChars = 64 * 1024;
/** How many records formats are shown first, and how many where none of them knew those. */
export const sampleRecords = 20;
export const moreRecords = 200;
