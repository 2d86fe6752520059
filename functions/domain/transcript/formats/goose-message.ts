import type { Emit } from '../event.ts';
import { array, at, count, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { resultText } from './anthropic-blocks.ts';

interface Place {
  line: number;
  at: string | undefined;
  subagent: string | undefined;
}

/** Whether a value is a message as Goose stores it; its tool calls and seconds since 1970 tell it from others'. */
export function isGooseMessage(value: unknown): boolean {
  const role = at(value, 'role');
  return (
    (role === 'user' || role === 'assistant') &&
    count(at(value, 'created')) !== undefined &&
    array(at(value, 'content')) !== undefined
  );
}

/**
 * Emits one message of Goose, of the old files and the new export alike:
 * https://github.com/block/goose/blob/main/crates/goose/src/conversation/message.rs
 */
export function readGooseMessage(
  value: unknown,
  line: number,
  subagent: string | undefined,
  emit: Emit,
): void {
  const message = object(value);
  const role = message?.role;
  if (!message || (role !== 'user' && role !== 'assistant')) return;
  const place = { line, at: sessionTime(message.created), subagent };
  const blocks = array(message.content) ?? [];
  for (const block of blocks) readResult(block, place, emit);
  const words = blocks
    .flatMap((block) => (at(block, 'type') === 'text' ? (text(at(block, 'text')) ?? []) : []))
    .join('\n');
  const id = label(message.id);
  if (role === 'assistant') emit({ ...place, kind: 'message', role, id, text: words });
  else if (words !== '') {
    // What only the model is shown was not typed: summaries and reminders of Goose's own.
    const purpose = at(message.metadata, 'userVisible') === false ? 'context' : 'prompt';
    emit({ ...place, kind: 'message', role, purpose, id, text: words });
  }
  for (const block of blocks) readBlock(block, id, place, emit);
}

function readResult(block: unknown, place: Place, emit: Emit): void {
  if (at(block, 'type') !== 'toolResponse') return;
  const result = at(block, 'toolResult');
  const value = at(result, 'value');
  const status = at(result, 'status');
  const failed = status === 'error' || at(value, 'isError') === true;
  emit({
    ...place,
    kind: 'tool_result',
    callId: label(at(block, 'id')),
    text:
      text(result) ?? text(at(result, 'error')) ?? resultText(array(value) ?? at(value, 'content') ?? value),
    failed: failed || (status === 'success' ? false : null),
  });
}

function readBlock(block: unknown, messageId: string | undefined, place: Place, emit: Emit): void {
  switch (at(block, 'type')) {
    case 'thinking':
    case 'redactedThinking':
      emit({ ...place, kind: 'thinking', messageId, text: text(at(block, 'thinking')) ?? '' });
      break;
    case 'toolRequest':
    case 'frontendToolRequest': {
      const call = at(block, 'toolCall', 'value') ?? at(block, 'toolCall');
      const name = label(at(call, 'name')) ?? 'unknown';
      const input = at(call, 'arguments');
      emit({ ...place, kind: 'tool_call', id: label(at(block, 'id')), messageId, name, input });
      break;
    }
    case 'image':
      emit({ ...place, kind: 'attachment', messageId, mediaType: label(at(block, 'mimeType')) ?? null });
      break;
    case 'systemNotification':
      emit({ ...place, kind: 'message', role: 'system', text: text(at(block, 'msg')) ?? '' });
      break;
    case 'conversationCompacted':
    case 'summarizationRequested':
      emit({ ...place, kind: 'compaction', text: text(at(block, 'msg')) ?? '' });
      break;
  }
}

/** Tokens of a whole session. What stands beside them without `accumulated_` is that of the last answer alone. */
export function readGooseTotals(header: unknown, line: number, emit: Emit): void {
  const input = count(at(header, 'accumulated_input_tokens')) ?? null;
  const output = count(at(header, 'accumulated_output_tokens')) ?? null;
  if (input !== null || output !== null) emit({ kind: 'usage', line, input, output, counts: 'total' });
}
