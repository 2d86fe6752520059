import type { Emit } from '../event.ts';
import { array, at, count, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';

/** Where a part stands, and the message it is part of. */
interface PartPlace {
  line: number;
  at: string | undefined;
  subagent?: string | undefined;
  messageId: string | undefined;
}

/**
 * Emits the thinking, tool call with its result, attachment or compaction a part of an OpenCode message is. Text is left
 * to the reader, because it is typed in one message and put in by the agent in another.
 * https://github.com/anomalyco/opencode/blob/dev/packages/opencode/src/session/message-v2.ts
 */
export function emitPart(part: unknown, place: PartPlace, emit: Emit): void {
  const began = sessionTime(at(part, 'time', 'start')) ?? place.at;
  switch (at(part, 'type')) {
    case 'reasoning':
      emit({ ...place, kind: 'thinking', at: began, text: text(at(part, 'text')) ?? '' });
      break;
    case 'tool':
      emitTool(part, place, emit);
      break;
    case 'file':
      emit({ ...place, kind: 'attachment', mediaType: label(at(part, 'mime')) ?? null });
      break;
    case 'compaction': {
      const { messageId: _, ...where } = place;
      emit({ ...where, kind: 'compaction', text: '' });
      break;
    }
  }
}

function emitTool(part: unknown, place: PartPlace, emit: Emit): void {
  const state = object(at(part, 'state'));
  const id = label(at(part, 'callID'));
  const began = sessionTime(at(state?.time, 'start')) ?? place.at;
  emit({
    ...place,
    kind: 'tool_call',
    at: began,
    id,
    name: label(at(part, 'tool')) ?? 'unknown',
    input: state?.input,
  });
  if (state?.status !== 'completed' && state?.status !== 'error') return;
  const failed = state.status === 'error';
  const { messageId: _, ...where } = place;
  emit({
    ...where,
    kind: 'tool_result',
    at: sessionTime(at(state.time, 'end')) ?? began,
    // The tool `task` names the session of the subagent that did it.
    subagent: place.subagent ?? label(at(state.metadata, 'sessionId')),
    callId: id,
    text: (failed ? text(state.error) : undefined) ?? text(state.output) ?? '',
    failed,
  });
  for (const file of array(state.attachments) ?? []) emitPart(file, place, emit);
}

/** The tokens of a message or step; what was read from and written to the cache counts as read. */
export function opencodeTokens(tokens: unknown): { input: number | null; output: number | null } | undefined {
  const parts = [at(tokens, 'input'), at(tokens, 'cache', 'read'), at(tokens, 'cache', 'write')].map(count);
  const output = count(at(tokens, 'output')) ?? null;
  const known = parts.some((part) => part !== undefined);
  if (!known && output === null) return undefined;
  return { input: known ? parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) : null, output };
}
