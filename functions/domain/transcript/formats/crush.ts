import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, has, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { parsedArguments } from './json-arguments.ts';

/**
 * What `crush session show --json` prints; Crush itself keeps a database. Its `prompt_tokens` and `completion_tokens`
 * are those of the last request, not the session's, so no tokens are told.
 * https://github.com/charmbracelet/crush/blob/main/internal/cmd/session.go
 */
export const crush: TranscriptFormat = {
  id: 'crush',
  agent: 'crush',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise: ({ records }) => (records.some(isSession) ? 'certain' : 'no'),
  read: (emit) => ({ take: (piece, line) => readSession(piece, line, emit), end() {} }),
};

function isSession(record: unknown): boolean {
  const messages = array(at(record, 'messages'));
  return (
    has(at(record, 'meta'), 'id', 'uuid', 'prompt_tokens', 'completion_tokens') &&
    messages?.every((message) => has(message, 'role', 'parts')) === true
  );
}

function readSession(piece: unknown, line: number, emit: Emit): void {
  const session = object(piece);
  const meta = object(session?.meta);
  const created = sessionTime(meta?.created);
  emit({ line, at: created, kind: 'session', id: label(meta?.uuid) ?? label(meta?.id) });
  emit({ line, at: sessionTime(meta?.modified), kind: 'time' });
  for (const message of array(session?.messages) ?? []) {
    const parts = array(at(message, 'parts')) ?? [];
    const role = at(message, 'role');
    const id = label(at(message, 'id'));
    const place = { line, at: sessionTime(at(message, 'created')) };
    const spoken = parts
      .flatMap((part) => (at(part, 'type') === 'text' ? (text(at(part, 'text')) ?? []) : []))
      .join('\n');
    if (role === 'user') emit({ ...place, kind: 'message', role, purpose: 'prompt', id, text: spoken });
    else if (role === 'assistant')
      emit({ ...place, kind: 'message', role, id, model: label(at(message, 'model')), text: spoken });
    else if (role === 'system') emit({ ...place, kind: 'message', role, id, text: spoken });
    for (const part of parts) emitPart(part, { ...place, messageId: id }, emit);
  }
}

interface PartPlace {
  line: number;
  at: string | undefined;
  messageId: string | undefined;
}

function emitPart(value: unknown, place: PartPlace, emit: Emit): void {
  const part = object(value);
  switch (part?.type) {
    case 'reasoning':
      emit({ ...place, kind: 'thinking', text: text(part.thinking) ?? '' });
      break;
    case 'tool_call': {
      const name = label(part.name) ?? 'unknown';
      const input = parsedArguments(part.input);
      emit({ ...place, kind: 'tool_call', id: label(part.tool_call_id), name, input });
      break;
    }
    case 'tool_result': {
      const callId = label(part.tool_call_id);
      // `is_error` is left out where it is false.
      const failed = part.is_error === true;
      emit({ ...place, kind: 'tool_result', callId, text: text(part.content) ?? '', failed });
      break;
    }
    case 'binary':
    case 'image_url':
      emit({ ...place, kind: 'attachment', mediaType: label(part.mime_type) ?? null });
      break;
    case 'finish':
      emit({ ...place, at: sessionTime(part.time), kind: 'time' });
      break;
  }
}
