import type { Emit } from '../event.ts';
import { array, at, has, label, object, text } from '../json.ts';
import { jsonText } from './json-text.ts';

/** Where a message's parts stand, and the message they are part of. */
export interface PartPlace {
  line: number;
  at?: string | undefined;
  subagent?: string | undefined;
  messageId?: string | undefined;
}

/** Content in Google's shape, which is text, a part, or a list of both, as a list of parts. */
export function partsOf(content: unknown): readonly unknown[] {
  const list = array(content) ?? (content === undefined || content === null ? [] : [content]);
  return list.map((part) => (typeof part === 'string' ? { text: part } : part));
}

/** The texts among the parts, thoughts aside. */
export function partTexts(parts: readonly unknown[]): string[] {
  return parts.flatMap((part) => (at(part, 'thought') === true ? [] : (text(at(part, 'text')) ?? [])));
}

/**
 * Emits the thinking, tool calls, tool results and attachments among the parts of a message in Google's shape:
 * https://ai.google.dev/api/caching#Part
 */
export function emitParts(parts: readonly unknown[], place: PartPlace, emit: Emit): void {
  for (const part of parts) {
    const call = object(at(part, 'functionCall'));
    const response = object(at(part, 'functionResponse'));
    const mediaType = at(part, 'inlineData', 'mimeType') ?? at(part, 'fileData', 'mimeType');
    if (at(part, 'thought') === true) {
      emit({ ...place, kind: 'thinking', text: text(at(part, 'text')) ?? '' });
    } else if (call) {
      const name = label(call.name) ?? 'unknown';
      emit({ ...place, kind: 'tool_call', id: label(call.id), name, input: call.args });
    } else if (response) {
      emit({ ...place, kind: 'tool_result', callId: label(response.id), ...responseOf(response.response) });
    } else if (has(part, 'inlineData') || has(part, 'fileData')) {
      emit({ ...place, kind: 'attachment', mediaType: label(mediaType) ?? null });
    }
  }
}

/** What a tool answered: its output, or its error where there is no output. */
export function responseOf(response: unknown): { text: string; failed: boolean | null } {
  const plain = text(response) ?? text(at(response, 'output')) ?? text(at(response, 'result'));
  if (plain !== undefined) return { text: plain, failed: null };
  const error = text(at(response, 'error'));
  if (error !== undefined) return { text: error, failed: true };
  return { text: response === undefined ? '' : jsonText(response), failed: null };
}
