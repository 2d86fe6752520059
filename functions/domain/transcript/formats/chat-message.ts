import type { Emit, MessageEvent } from '../event.ts';
import { array, at, type JsonObject, label, object, text } from '../json.ts';
import { resultText } from './anthropic-blocks.ts';
import { parsedArguments } from './json-arguments.ts';

interface MessagePlace {
  line: number;
  at: string | undefined;
  subagent?: string | undefined;
}

/**
 * Emits one message in the shape of OpenAI's chat completions, which many agents keep:
 * https://platform.openai.com/docs/api-reference/chat/create
 * `purpose` is that of a user's message.
 */
export function emitChatMessage(
  message: JsonObject,
  place: MessagePlace,
  purpose: MessageEvent['purpose'],
  emit: Emit,
): void {
  const spoken = resultText(message.content);
  if (message.role === 'user') {
    emit({ ...place, kind: 'message', role: 'user', purpose: purpose ?? 'prompt', text: spoken });
  } else if (message.role === 'assistant') {
    emit({ ...place, kind: 'message', role: 'assistant', model: label(message.model), text: spoken });
    const reasoning = text(message.reasoning_content) || text(message.reasoning);
    if (reasoning) emit({ ...place, kind: 'thinking', text: reasoning });
  } else if (message.role === 'system' || message.role === 'developer') {
    emit({ ...place, kind: 'message', role: 'system', text: spoken });
  } else if (message.role === 'tool') {
    const callId = label(message.tool_call_id);
    emit({ ...place, kind: 'tool_result', callId, text: spoken, failed: null });
  }
  emitParts(message.content, place, emit);
  emitToolCalls(message.tool_calls, place, emit);
}

/** Emits the thinking, images and other media among the parts of a message's content. */
export function emitParts(content: unknown, place: MessagePlace, emit: Emit): void {
  for (const part of array(content) ?? []) {
    const type = at(part, 'type');
    if (type === 'think' || type === 'thinking') {
      const thought = text(at(part, 'think')) ?? text(at(part, 'thinking')) ?? '';
      emit({ ...place, kind: 'thinking', text: thought });
    } else if (type === 'image_url' || type === 'audio_url' || type === 'video_url') {
      emit({ ...place, kind: 'attachment', mediaType: dataType(at(part, type, 'url')) });
    }
  }
}

/** Emits tool calls in OpenAI's shape, `{id, function: {name, arguments}}`, or without the `function` around. */
export function emitToolCalls(calls: unknown, place: MessagePlace, emit: Emit): void {
  for (const call of array(calls) ?? []) {
    const made = object(at(call, 'function')) ?? object(call);
    if (!made) continue;
    const name = label(made.name) ?? 'unknown';
    const input = parsedArguments(made.arguments ?? made.args ?? made.input);
    emit({ ...place, kind: 'tool_call', id: label(at(call, 'id')), name, input });
  }
}

/** The media type of a `data:` address; null when it is another, or has none. */
export function dataType(address: unknown): string | null {
  const start = text(address)?.slice(0, 120) ?? '';
  return /^data:([a-z]{1,20}\/[a-z0-9.+-]{1,60})[;,]/.exec(start)?.[1] ?? null;
}
