import type { Emit } from '../event.ts';
import { array, at, type JsonObject, label, object, text } from '../json.ts';
import { resultText } from './anthropic-blocks.ts';
import { parsedArguments } from './json-arguments.ts';

interface Place {
  line: number;
  at: string | undefined;
  subagent?: string | undefined;
}

/**
 * Emits what an item of OpenAI's Responses API says, as Codex writes it down: messages but a user's, reasoning, calls
 * and their outputs. https://platform.openai.com/docs/api-reference/responses/object
 */
export function emitItem(item: JsonObject, place: Place, model: string | undefined, emit: Emit): void {
  const type = text(item.type) ?? (label(item.role) === undefined ? '' : 'message');
  if (type === 'message') readMessage(item, place, model, emit);
  else if (type === 'reasoning') {
    const told = [resultText(item.summary), resultText(item.content)].filter((part) => part !== '');
    emit({ ...place, kind: 'thinking', messageId: label(item.id), text: told.join('\n') });
  } else if (type === 'agent_message') {
    // What one agent says to another, put into this one's turn.
    const spoken = itemTexts(item).join('\n');
    emit({ ...place, kind: 'message', role: 'user', purpose: 'context', id: label(item.id), text: spoken });
  } else if (type.endsWith('_call')) readCall(type, item, place, emit);
  else if (type.endsWith('_output')) {
    emit({
      ...place,
      kind: 'tool_result',
      callId: label(item.call_id),
      ...outcome(item.output ?? item.tools),
    });
    emitFiles(item.output, undefined, place, emit);
  }
}

/** Whether an item is a message of the user's turn: typed, or put there by the agent. */
export function isUserItem(item: JsonObject): boolean {
  return item.role === 'user' && (item.type === undefined || item.type === 'message');
}

/** The texts of a message, one a part. */
export function itemTexts(item: JsonObject): string[] {
  const plain = text(item.content);
  if (plain !== undefined) return [plain];
  return (array(item.content) ?? []).flatMap(
    (part) => text(at(part, 'text')) ?? text(at(part, 'refusal')) ?? [],
  );
}

/** Emits the images and files of a message. */
export function emitAttachments(item: JsonObject, place: Place, emit: Emit): void {
  emitFiles(item.content, label(item.id), place, emit);
}

function emitFiles(parts: unknown, messageId: string | undefined, place: Place, emit: Emit): void {
  for (const part of array(parts) ?? []) {
    const type = at(part, 'type');
    if (type !== 'input_image' && type !== 'input_file') continue;
    const url = text(at(part, 'image_url'))?.slice(0, 100) ?? '';
    const mediaType = /^data:([\w.+-]{1,40}\/[\w.+-]{1,40})[;,]/.exec(url)?.[1] ?? null;
    emit({ ...place, kind: 'attachment', messageId, mediaType });
  }
}

function readMessage(item: JsonObject, place: Place, model: string | undefined, emit: Emit): void {
  const spoken = itemTexts(item).join('\n');
  if (item.role === 'assistant') {
    emit({ ...place, kind: 'message', role: 'assistant', id: label(item.id), model, text: spoken });
    emitAttachments(item, place, emit);
  } else if (item.role === 'developer' || item.role === 'system') {
    emit({ ...place, kind: 'message', role: 'system', text: spoken });
  }
}

/** Calls the model's host answers itself: what came of them is not an item. */
const hosted = new Set([
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
]);

function readCall(type: string, item: JsonObject, place: Place, emit: Emit): void {
  const id = label(item.call_id) ?? label(item.id);
  const input = parsedArguments(item.arguments) ?? item.input ?? item.action ?? null;
  emit({ ...place, kind: 'tool_call', id, name: label(item.name) ?? type.slice(0, 60), input });
  if (hosted.has(type)) {
    const failed = typeof item.status === 'string' ? item.status === 'failed' : null;
    emit({ ...place, kind: 'tool_result', callId: id, text: '', failed });
  }
}

const exitCode = /(?:^|\n)(?:Process exited with code|Exit code:) (-?\d{1,9})(?:\n|$)/;

/** What a call came to: text, text parts, or an object of both with the exit code, itself often written as text. */
function outcome(output: unknown): { text: string; failed: boolean | null } {
  const written = text(output);
  const record =
    object(output) ?? (written?.startsWith('{"output":') ? object(parsedArguments(written)) : undefined);
  const told = text(record?.output) ?? text(record?.content) ?? text(record?.text);
  const spoken = told ?? (record ? resultText(record.content) : resultText(output));
  const code = at(record, 'metadata', 'exit_code');
  if (typeof code === 'number') return { text: spoken, failed: code !== 0 };
  if (typeof record?.success === 'boolean') return { text: spoken, failed: !record.success };
  const stated = exitCode.exec(spoken.slice(0, 400))?.[1];
  return { text: spoken, failed: stated === undefined ? null : Number(stated) !== 0 };
}
