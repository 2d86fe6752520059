import type { Emit } from '../event.ts';
import { array, at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitUserTurn } from './gemini-turn.ts';
import { emitParts, type PartPlace, partsOf, partTexts, responseOf } from './google-parts.ts';

/** Where a message record stands: its line, and the subagent whose session it is in. */
interface RecordPlace {
  line: number;
  subagent?: string | undefined;
}

const notices = new Set<unknown>(['info', 'warning', 'error']);

/** Whether a value is a message as Gemini CLI records it. */
export function isGeminiMessage(value: unknown): boolean {
  const type = at(value, 'type');
  return (
    (type === 'user' || type === 'gemini' || type === 'model' || notices.has(type)) &&
    (has(value, 'content') || has(value, 'parts')) &&
    has(value, 'timestamp')
  );
}

/**
 * Reads the messages Gemini CLI records, whatever file they stand in. The result of a tool is told twice, with its call
 * and in the user's next turn; it is emitted once.
 * https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/services/chatRecordingTypes.ts
 */
export function geminiMessages(emit: Emit): (message: unknown, place: RecordPlace) => void {
  const answered = new Set<string>();
  const once: Emit = (event) => {
    if (event.kind === 'tool_result' && event.callId !== undefined) {
      if (answered.has(event.callId)) return;
      answered.add(event.callId);
    }
    emit(event);
  };

  return (message, { line, subagent }) => {
    const record = object(message);
    if (!record) return;
    const place = { line, subagent, at: sessionTime(record.timestamp), messageId: label(record.id) };
    if (record.type === 'user') readUser(record, place, once);
    else if (record.type === 'gemini' || record.type === 'model') readAnswer(record, place, once);
    else if (notices.has(record.type)) {
      const { messageId: id, ...where } = place;
      once({
        ...where,
        kind: 'message',
        role: 'system',
        id,
        text: partTexts(partsOf(record.content)).join(''),
      });
    }
  };
}

function readUser(record: JsonObject, place: PartPlace, emit: Emit): void {
  const parts = partsOf(record.content ?? record.parts);
  const shown = partsOf(record.displayContent);
  if (shown.length === 0 || partTexts(shown).join('') === partTexts(parts).join('')) {
    emitUserTurn(parts, place, emit);
    return;
  }
  // What was typed, and beside it what the agent made of it: the files it names, read out.
  emitUserTurn(shown, place, emit);
  const { messageId: id, ...where } = place;
  emit({ ...where, kind: 'message', role: 'user', purpose: 'context', id, text: partTexts(parts).join('') });
  emitParts(parts, place, emit);
}

function readAnswer(record: JsonObject, place: PartPlace, emit: Emit): void {
  const { messageId: id, ...where } = place;
  const thoughts = array(record.thoughts) ?? [];
  const calls = array(record.toolCalls) ?? [];
  const parts = partsOf(record.content ?? record.parts);
  for (const thought of thoughts) {
    const words = [text(at(thought, 'subject')), text(at(thought, 'description'))];
    emit({
      ...place,
      kind: 'thinking',
      at: sessionTime(at(thought, 'timestamp')) ?? place.at,
      text: words.filter((part) => part !== undefined).join('\n'),
    });
  }
  const model = label(record.model);
  emit({ ...where, kind: 'message', role: 'assistant', id, model, text: partTexts(parts).join('') });
  const told = parts.filter(
    (part) =>
      !(thoughts.length > 0 && at(part, 'thought') === true) &&
      !(calls.length > 0 && has(part, 'functionCall')),
  );
  emitParts(told, place, emit);
  for (const call of calls) readCall(call, place, emit);
  const input = count(at(record.tokens, 'input'));
  const output = count(at(record.tokens, 'output'));
  if (input === undefined && output === undefined) return;
  emit({
    ...place,
    kind: 'usage',
    input: input ?? null,
    output: output ?? null,
    counts: 'sum',
  });
}

/** States a call ends in; in any other it is still at work, or waits for leave. */
const ended: Readonly<Record<string, boolean>> = { success: false, error: true, cancelled: true };

function readCall(value: unknown, place: PartPlace, emit: Emit): void {
  const call = object(value);
  if (!call) return;
  const id = label(call.id);
  const when = sessionTime(call.timestamp) ?? place.at;
  emit({ ...place, kind: 'tool_call', at: when, id, name: label(call.name) ?? 'unknown', input: call.args });
  const failed =
    typeof call.status === 'string' && Object.hasOwn(ended, call.status) ? ended[call.status] : undefined;
  const responses = partsOf(call.result).filter((part) => has(part, 'functionResponse'));
  if (failed === undefined && responses.length === 0) return;
  const answer = responses.map((part) => responseOf(at(part, 'functionResponse', 'response')));
  const words = answer.map((one) => one.text).join('\n') || (text(call.resultDisplay) ?? '');
  emit({
    line: place.line,
    kind: 'tool_result',
    at: when,
    // A call of a subagent names the agent that answered it.
    subagent: place.subagent ?? label(call.agentId),
    callId: id,
    text: words,
    failed: failed ?? answer.find((one) => one.failed !== null)?.failed ?? null,
  });
}
