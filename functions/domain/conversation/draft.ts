import type { MessageEvent, TranscriptEvent } from '../transcript/event.ts';
import type { Purpose } from './conversation.ts';

export interface DraftCall {
  id: string | undefined;
  name: string;
  input: unknown;
  counted: boolean;
}

/** A message while its parts are gathered. */
export interface Draft {
  role: 'user' | 'assistant' | 'system' | 'tool';
  purpose: Purpose | null;
  counted: boolean;
  told: boolean;
  id: string | undefined;
  parentId: string | undefined;
  /** Line of its first part. */
  line: number;
  time: string | undefined;
  model: string | undefined;
  /** Its parts, each once. */
  texts: Set<string>;
  thoughts: Set<string> | null;
  calls: DraftCall[];
  /** What came of its calls. */
  results: Draft[];
  /** Of a result: its call, where there is one. */
  call: DraftCall | null;
  failed: boolean | null;
  /** Of a result: what was told of it last. */
  last: string;
  tokens: { input: number | null; output: number | null };
  attachments: (string | null)[];
}

export function draft(role: Draft['role'], event: TranscriptEvent, more: Partial<Draft> = {}): Draft {
  return {
    role,
    purpose: null,
    counted: false,
    told: true,
    id: undefined,
    parentId: undefined,
    line: event.line,
    time: event.at,
    model: undefined,
    texts: new Set(),
    thoughts: null,
    calls: [],
    results: [],
    call: null,
    failed: null,
    last: '',
    tokens: { input: null, output: null },
    attachments: [],
    ...more,
  };
}

/** What a user's message is for. */
export function purposeOf({ role, purpose, subagent }: MessageEvent): Purpose | null {
  if (role !== 'user') return null;
  if (purpose === 'context') return purpose;
  return subagent === undefined ? (purpose ?? 'prompt') : 'task';
}

/** Adds a part of what a message says: what it says already is the same part, told again. */
export function addText(message: Draft, text: string): void {
  if (text.trim() !== '') message.texts.add(text);
}

/** Adds what came of a call: told again with what was printed since, it replaces what was told before. */
export function addResult(result: Draft, text: string, failed: boolean | null): void {
  if (result.last !== '' && text.startsWith(result.last)) result.texts.delete(result.last);
  if (text !== '') result.texts.add(text);
  result.last = text;
  if (failed !== null) result.failed = failed || result.failed === true;
}
