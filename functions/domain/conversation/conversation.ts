import type { Derived } from '../derived.ts';

/** A call of a tool. */
interface Call {
  /** As the file has it, or made up where it has none; a call told again with other arguments keeps the id. */
  id: string;
  name: string;
  /** A JSON object as text. What is no object in the file is under its key `input`. */
  arguments: string;
  /** Whether the summary counts it: each id once. */
  counted: boolean;
}

/**
 * What a user's message is: `prompt` and `command` were typed; `context` and `compaction` (a summary in the place of
 * earlier messages) were put in by the agent; `task` is what an agent asked of its subagent.
 */
export type Purpose = 'prompt' | 'command' | 'context' | 'compaction' | 'task';

/** A message: all its parts, whatever the file tells between them. */
export interface Message {
  role: 'user' | 'assistant' | 'system' | 'tool';
  /** Of a user's message, else null. */
  purpose: Purpose | null;
  /** Whether the summary counts it as a prompt, a command or an answer. */
  counted: boolean;
  /** False for an answer of which the file tells calls or thinking alone, never a message. */
  told: boolean;
  /** Its id in the file, and that of the message it answers; null where the file has none. */
  id: string | null;
  parentId: string | null;
  content: string;
  /** The model's thinking; empty when the file only says that there was some. */
  reasoning: string | null;
  calls: Call[];
  /** Of a tool's result: the call it answers, and whether that failed, null when the file does not say. */
  callId: string | null;
  failed: boolean | null;
  model: string | null;
  /** As `sessionTime` writes it. */
  time: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** Media types of images and files that belong to it, whose bytes are not kept. */
  attachments: (string | null)[];
}

/** The main conversation of a session, or a subagent's. */
export interface Thread {
  /** Null for the main one. */
  subagent: string | null;
  /** In the file's order, but each result right after the message that called. */
  messages: Message[];
  /** How often a prompt goes back to an earlier message. All branches are among the messages. */
  branches: number;
  /** Arguments that were nested too deep to be written, and are left empty. */
  lostArguments: number;
  derived: Derived;
}

/** One session of a file. */
export interface Session {
  derived: Derived;
  /** The main one first, where it says anything. Empty when the session says nothing. */
  threads: Thread[];
}
