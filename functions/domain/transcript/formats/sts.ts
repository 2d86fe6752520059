import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { agentName } from './agent-name.ts';
import { resultText } from './anthropic-blocks.ts';
import { emitParts, emitToolCalls } from './chat-message.ts';

/**
 * STS-Format, in which Hugging Face's tools hand sessions on: a `session` line that names the agent as its `harness`,
 * then `message` lines. The same first line without a harness is pi's.
 * https://huggingface.co/docs/hub/session-traces-format
 * What we write ourselves (`conversation/sts-lines.ts`) tells in keys of its own what a message is that is no prompt and
 * no answer, and whose a subagent's session is.
 */
export const sts: TranscriptFormat = {
  id: 'sts',
  agent: null,
  version: 3,
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
  let subagent: string | undefined;
  return {
    take(piece, line) {
      const record = object(piece);
      const message = object(record?.message);
      if (record?.type === 'session') {
        subagent = label(record.subagent);
        const agentVersion = label(record.agent_version);
        const id = label(record.id);
        emit({ line, kind: 'session', id, subagent, agent: agentName(record.harness), agentVersion });
      } else if (record?.type === 'message' && message) readMessage(message, line, subagent, emit);
    },
    end() {},
  };
}

function readMessage(message: JsonObject, line: number, subagent: string | undefined, emit: Emit): void {
  const place = { line, at: sessionTime(message.timestamp), subagent };
  const spoken = resultText(message.content);
  const uncounted = message.uncounted === true ? true : undefined;
  const { role, purpose } = message;
  if (role === 'system' && purpose === 'compaction') emit({ ...place, kind: 'compaction', text: spoken });
  else if (role === 'system' && (purpose === 'command' || purpose === 'context'))
    emit({ ...place, kind: 'message', role: 'user', purpose, text: spoken, uncounted });
  else if (role === 'user')
    emit({ ...place, kind: 'message', role, purpose: 'prompt', text: spoken, uncounted });
  else if (role === 'assistant')
    emit({ ...place, kind: 'message', role, model: label(message.model), text: spoken, uncounted });
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
  for (const call of array(message.toolCalls) ?? []) {
    const uncountedCall = at(call, 'uncounted') === true ? true : undefined;
    emitToolCalls([call], place, (event) =>
      emit(event.kind === 'tool_call' ? { ...event, uncounted: uncountedCall } : event),
    );
  }
}
