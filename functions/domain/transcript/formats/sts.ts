import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { at, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { agentName } from './agent-name.ts';
import { resultText } from './anthropic-blocks.ts';
import { emitParts, emitToolCalls } from './chat-message.ts';

/**
 * STS-Format, in which Hugging Face's tools hand sessions on: a `session` line that names the agent as its `harness`,
 * then `message` lines. The same first line without a harness is pi's.
 * https://huggingface.co/docs/hub/session-traces-format
 */
export const sts: TranscriptFormat = {
  id: 'sts',
  agent: null,
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    if (!isHeader(records[0])) return 'no';
    if (!records.some(isMessage)) return records.length === 1 ? 'likely' : 'no';
    return records.every(isLine) ? 'certain' : 'likely';
  },
  read: readLines,
};

function isHeader(record: unknown): boolean {
  return (
    at(record, 'type') === 'session' &&
    label(at(record, 'harness')) !== undefined &&
    label(at(record, 'id')) !== undefined
  );
}

function isLine(record: unknown): boolean {
  return at(record, 'type') === 'session' || isMessage(record);
}

function isMessage(record: unknown): boolean {
  return at(record, 'type') === 'message' && label(at(record, 'message', 'role')) !== undefined;
}

function readLines(emit: Emit): TranscriptReader {
  return {
    take(piece, line) {
      const record = object(piece);
      const message = object(record?.message);
      if (record?.type === 'session')
        emit({ line, kind: 'session', id: label(record.id), agent: agentName(record.harness) });
      else if (record?.type === 'message' && message) readMessage(message, line, emit);
    },
    end() {},
  };
}

function readMessage(message: JsonObject, line: number, emit: Emit): void {
  const place = { line, at: sessionTime(message.timestamp) };
  const spoken = resultText(message.content);
  const { role } = message;
  if (role === 'user') emit({ ...place, kind: 'message', role, purpose: 'prompt', text: spoken });
  else if (role === 'assistant')
    emit({ ...place, kind: 'message', role, model: label(message.model), text: spoken });
  else if (role === 'tool' || role === 'toolResult')
    emit({
      ...place,
      kind: 'tool_result',
      callId: label(message.toolCallId),
      text: spoken,
      failed: typeof message.isError === 'boolean' ? message.isError : null,
    });
  else emit({ ...place, kind: 'message', role: 'system', text: spoken });
  const reasoning = text(message.reasoningContent);
  if (reasoning) emit({ ...place, kind: 'thinking', text: reasoning });
  emitParts(message.content, place, emit);
  emitToolCalls(message.toolCalls, place, emit);
}
