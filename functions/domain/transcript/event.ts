/** What every event says of where it stands. */
interface Place {
  /** Line of the file it was read from, from 1; in a JSON document that is one value, 1. */
  line: number;
  /** When it happened, as the file has it (ISO 8601; without a zone where the file has none). */
  at?: string | undefined;
  /** Id of the subagent that did it; absent for the main agent. */
  subagent?: string | undefined;
}

/** What the file says of a session. Several sessions in a file begin with one each; a later one for the same id adds. */
interface SessionEvent extends Place {
  kind: 'session';
  /** The agent's own id of the session. */
  id?: string | undefined;
  /** Who wrote the session, as its tool calls itself; for formats that name the agent inside. */
  agent?: string | undefined;
  agentVersion?: string | undefined;
}

export interface MessageEvent extends Place {
  kind: 'message';
  role: 'user' | 'assistant' | 'system';
  /**
   * For role `user`: `prompt` was typed by a person, `command` is a slash command or `!` input, `context` was put in
   * by the agent (environment, reminders, summaries).
   */
  purpose?: 'prompt' | 'command' | 'context';
  /** Messages with the same id are one message, told in parts. */
  id?: string | undefined;
  /** Id of the message it answers, in formats that are trees. */
  parentId?: string | undefined;
  text: string;
  model?: string | undefined;
  /** There to be read, left out of the summary's count, because the format's messages are counted by another mark. */
  uncounted?: true | undefined;
}

interface ThinkingEvent extends Place {
  kind: 'thinking';
  messageId?: string | undefined;
  /** Empty when the file only says that there was some. */
  text: string;
}

interface ToolCallEvent extends Place {
  kind: 'tool_call';
  id?: string | undefined;
  name: string;
  messageId?: string | undefined;
  /** As the file has it: an object of arguments, or text. */
  input: unknown;
  /** As of a message. */
  uncounted?: true | undefined;
}

interface ToolResultEvent extends Place {
  kind: 'tool_result';
  callId?: string | undefined;
  text: string;
  /** Null when the file does not say. */
  failed: boolean | null;
}

export interface UsageEvent extends Place {
  kind: 'usage';
  /** For `sum`: usage of the same message replaces what was said of it before. */
  messageId?: string | undefined;
  /** Tokens read, cached ones included; null when the file does not say. */
  input: number | null;
  /** Tokens written, thinking included where the agent counts it so. */
  output: number | null;
  /** `sum`: adds up with the other messages' usage. `total`: everything so far; the last one holds. */
  counts: 'sum' | 'total';
}

/** A model is named, apart from a message. */
interface ModelEvent extends Place {
  kind: 'model';
  model: string;
}

/** The agent replaced earlier messages by a summary. */
interface CompactionEvent extends Place {
  kind: 'compaction';
  text: string;
}

/** An image or other binary part of a message; its bytes are not kept. */
interface AttachmentEvent extends Place {
  kind: 'attachment';
  messageId?: string | undefined;
  mediaType: string | null;
}

/** Something happened at `at`, and nothing else of it matters. */
interface TimeEvent extends Place {
  kind: 'time';
}

/** A session in the terms all formats share. Events come in file order. */
export type TranscriptEvent =
  | SessionEvent
  | MessageEvent
  | ThinkingEvent
  | ToolCallEvent
  | ToolResultEvent
  | UsageEvent
  | ModelEvent
  | CompactionEvent
  | AttachmentEvent
  | TimeEvent;

export type Emit = (event: TranscriptEvent) => void;
