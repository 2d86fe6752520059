import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, has, type JsonObject, label, object } from '../json.ts';
import { sessionTime } from '../time.ts';
import { geminiMessages, isGeminiMessage } from './gemini-message.ts';
import { jsonText } from './json-text.ts';

/**
 * Gemini CLI's session files since version 0.40: a header line, then messages, each written again whenever it changes,
 * and patches: `$set` changes the header and may replace all messages, `$rewindTo` takes back a message and all behind it.
 * https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/services/chatRecordingService.ts
 */
export const geminiCliJsonl: TranscriptFormat = {
  id: 'gemini-cli-jsonl',
  agent: 'gemini-cli',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise({ records }) {
    if (records.some(isHeader)) return 'certain';
    return records.some(isAnswer) ? 'likely' : 'no';
  },
  read: (emit) => patchedMessages(emit),
};

function isHeader(record: unknown): boolean {
  return (
    has(record, 'sessionId', 'projectHash', 'startTime') && !has(record, 'type') && !has(record, 'messages')
  );
}

/** A message of the model, in a file that lost its header. */
function isAnswer(record: unknown): boolean {
  return (
    at(record, 'type') === 'gemini' &&
    isGeminiMessage(record) &&
    (has(record, 'model') || has(record, 'tokens') || has(record, 'toolCalls') || has(record, 'thoughts'))
  );
}

/** Most text of messages held back for a later patch, in characters; the oldest are emitted when it is more. */
const maxHeld = 32_000_000;

/** Holds the messages, as JSON text to keep them small, until no patch can change them any more. */
function patchedMessages(emit: Emit): TranscriptReader {
  const readMessage = geminiMessages(emit);
  const held = new Map<string, { json: string; line: number }>();
  /** Their ids in order, those before `first` already emitted. */
  let order: string[] = [];
  let first = 0;
  let chars = 0;
  let subagent: string | undefined;

  const take = (id: string) => {
    const message = held.get(id);
    chars -= message?.json.length ?? 0;
    held.delete(id);
    return message;
  };
  const settleFirst = () => {
    const message = take(order[first] ?? '');
    first += 1;
    if (message) readMessage(JSON.parse(message.json), { line: message.line, subagent });
  };
  const hold = (message: unknown, line: number) => {
    const id = label(at(message, 'id'));
    const json = jsonText(message);
    if (id === undefined || json === '') return;
    if (!held.has(id)) order.push(id);
    take(id);
    held.set(id, { json, line });
    chars += json.length;
    while (chars > maxHeld) settleFirst();
  };
  const clear = () => {
    held.clear();
    order = [];
    first = 0;
    chars = 0;
  };
  const rewind = (target: string) => {
    if (!held.has(target)) clear();
    while (held.has(target)) take(order.pop() ?? target);
  };
  const describe = (header: JsonObject, line: number) => {
    const id = label(header.sessionId);
    if (header.kind === 'subagent') subagent = id ?? 'subagent';
    if (id !== undefined || header.startTime !== undefined) {
      emit({ kind: 'session', line, subagent, at: sessionTime(header.startTime), id });
    }
    const messages = array(header.messages) ?? [];
    if (messages.length === 0) return;
    clear();
    for (const message of messages) hold(message, line);
  };

  return {
    take(piece, line) {
      const record = object(piece);
      if (!record) return;
      const set = object(record.$set);
      if (typeof record.$rewindTo === 'string') rewind(record.$rewindTo);
      else if (typeof record.id === 'string') hold(record, line);
      else if (set) describe(set, line);
      else if (has(record, 'sessionId')) describe(record, line);
    },
    end() {
      while (first < order.length) settleFirst();
    },
  };
}
