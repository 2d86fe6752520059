import type { Emit, MessageEvent } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { resultText } from './anthropic-blocks.ts';
import { emitChatMessage } from './chat-message.ts';
import { tokenSum } from './token-sum.ts';

/**
 * Hermes' session files (`session_*.json`, one object) and what `hermes sessions export` writes (a session a line).
 * Times of the former have no zone. Tokens are told by the export only.
 * https://github.com/NousResearch/hermes-agent/blob/main/hermes_state.py
 */
export const hermes: TranscriptFormat = {
  id: 'hermes',
  agent: 'hermes',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise: ({ records }) => (records.some(isFile) || records.some(isExported) ? 'certain' : 'no'),
  read: (emit) => ({ take: (piece, line) => readSession(piece, line, emit), end() {} }),
};

function isFile(record: unknown): boolean {
  return (
    has(record, 'session_start', 'last_updated', 'platform') && array(at(record, 'messages')) !== undefined
  );
}

function isExported(record: unknown): boolean {
  return (
    has(record, 'id', 'source', 'model', 'system_prompt', 'started_at') &&
    array(at(record, 'messages')) !== undefined
  );
}

function readSession(piece: unknown, line: number, emit: Emit): void {
  const session = object(piece);
  if (!session) return;
  const began = sessionTime(session.session_start ?? session.started_at);
  emit({ line, at: began, kind: 'session', id: label(session.session_id) ?? label(session.id) });
  emit({ line, at: sessionTime(session.last_updated ?? session.ended_at), kind: 'time' });
  const model = label(session.model);
  if (model !== undefined) emit({ line, kind: 'model', model });
  const prompt = text(session.system_prompt);
  if (prompt) emit({ line, kind: 'message', role: 'system', text: prompt });
  for (const value of array(session.messages) ?? []) {
    const message = object(value);
    if (message) emitHermesMessage(message, line, emit);
  }
  const input = tokenSum(session, 'input_tokens', 'cache_read_tokens', 'cache_write_tokens');
  const output = tokenSum(session, 'output_tokens');
  if (input || output) emit({ line, kind: 'usage', input, output, counts: 'sum' });
}

/** Emits one message of a session, in a file of either kind. */
export function emitHermesMessage(message: JsonObject, line: number, emit: Emit): void {
  const place = { line, at: sessionTime(message.timestamp) };
  const spoken = resultText(message.content).slice(0, 200);
  // What was said before is replaced by one message that sums it up.
  const compacted = /^\s*\[CONTEXT (?:COMPACTION|SUMMARY)/.test(spoken);
  if (compacted) {
    emit({ ...place, kind: 'compaction', text: resultText(message.content) });
    return;
  }
  const purpose: MessageEvent['purpose'] = message.mirror === true ? 'context' : 'prompt';
  emitChatMessage(message, place, purpose, emit);
}
