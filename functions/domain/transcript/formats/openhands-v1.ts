import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { resultText } from './anthropic-blocks.ts';
import { dataType } from './chat-message.ts';
import { parsedArguments } from './json-arguments.ts';
import { tokenSum } from './token-sum.ts';

/**
 * OpenHands' events since version 1: one event a file (`event-00004.json`) or a line, told apart by `kind`. What a file
 * calls the `thought` before an action is told as thinking.
 * https://github.com/OpenHands/software-agent-sdk/tree/main/openhands-sdk/openhands/sdk/event
 */
export const openhandsV1: TranscriptFormat = {
  id: 'openhands-v1',
  agent: 'openhands',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise: ({ records }) => (records.some(isV1Event) ? 'certain' : 'no'),
  read(emit) {
    emit({ kind: 'session', line: 1 });
    return { take: v1Reader({ scope: '', usage: true }, emit), end() {} };
  },
};

const kinds = new Set([
  'SystemPromptEvent',
  'MessageEvent',
  'ActionEvent',
  'ObservationEvent',
  'AgentErrorEvent',
  'UserRejectObservation',
  'ConversationStateUpdateEvent',
  'ConversationErrorEvent',
  'Condensation',
  'CondensationSummaryEvent',
  'PauseEvent',
]);
const sources = new Set<unknown>(['agent', 'user', 'environment', 'hook']);

/** Whether a value is an event of OpenHands' version 1. */
export function isV1Event(value: unknown): boolean {
  const event = object(value);
  return (
    kinds.has(text(event?.kind) ?? '') &&
    sources.has(event?.source) &&
    text(event?.timestamp) !== undefined &&
    (event?.kind !== 'MessageEvent' || has(event, 'llm_message'))
  );
}

interface Place {
  line: number;
  at: string | undefined;
}

/** Reads the events of one session; see `v0Reader` for `scope` and `usage`. */
export function v1Reader(
  { scope, usage }: { scope: string; usage: boolean },
  emit: Emit,
): (piece: unknown, line: number) => void {
  return (piece, line) => {
    const event = object(piece);
    if (!event) return;
    const place = { line, at: sessionTime(event.timestamp) };
    emit({ ...place, kind: 'time' });
    switch (event.kind) {
      case 'SystemPromptEvent': {
        const spoken = text(at(event.system_prompt, 'text')) ?? '';
        emit({ ...place, kind: 'message', role: 'system', text: spoken });
        break;
      }
      case 'MessageEvent':
        readMessage(event, place, emit);
        break;
      case 'ActionEvent':
        readAction(event, place, emit);
        break;
      case 'ObservationEvent':
      case 'AgentErrorEvent':
      case 'UserRejectObservation':
        readResult(event, place, emit);
        break;
      case 'Condensation':
      case 'CondensationSummaryEvent':
        emit({ ...place, kind: 'compaction', text: text(event.summary) ?? '' });
        break;
      case 'ConversationErrorEvent':
        emit({ ...place, kind: 'message', role: 'system', text: text(event.detail) ?? '' });
        break;
      case 'ConversationStateUpdateEvent':
        readState(event, place, usage ? `${scope}stats` : null, emit);
        break;
    }
  };
}

function readMessage(event: JsonObject, place: Place, emit: Emit): void {
  const message = object(event.llm_message);
  const id = label(event.id);
  const spoken = resultText(message?.content);
  if (event.source === 'user')
    emit({ ...place, kind: 'message', role: 'user', purpose: 'prompt', id, text: spoken });
  else if (event.source === 'agent') emit({ ...place, kind: 'message', role: 'assistant', id, text: spoken });
  else emit({ ...place, kind: 'message', role: 'system', id, text: spoken });
  emitReasoning(message ?? {}, id, place, emit);
  for (const part of array(message?.content) ?? []) {
    for (const url of array(at(part, 'image_urls')) ?? [])
      emit({ ...place, kind: 'attachment', messageId: id, mediaType: dataType(url) });
  }
}

function readAction(event: JsonObject, place: Place, emit: Emit): void {
  const id = label(event.id);
  emitReasoning(event, id, place, emit);
  const thought = resultText(event.thought);
  if (thought.trim() !== '') emit({ ...place, kind: 'thinking', messageId: id, text: thought });
  const call = object(event.tool_call);
  const name = label(event.tool_name) ?? label(call?.name) ?? label(at(call?.function, 'name'));
  const { kind: _, ...action } = object(event.action) ?? {};
  // The action is missing where the arguments did not fit it.
  const told = event.action ? action : parsedArguments(call?.arguments ?? at(call?.function, 'arguments'));
  emit({
    ...place,
    kind: 'tool_call',
    id: label(event.tool_call_id) ?? id,
    name: name ?? 'unknown',
    messageId: label(event.llm_response_id),
    input: told,
  });
}

function emitReasoning(holder: JsonObject, messageId: string | undefined, place: Place, emit: Emit): void {
  const reasoning = text(holder.reasoning_content);
  if (reasoning) {
    emit({ ...place, kind: 'thinking', messageId, text: reasoning });
    return;
  }
  for (const block of array(holder.thinking_blocks) ?? [])
    emit({ ...place, kind: 'thinking', messageId, text: text(at(block, 'thinking')) ?? '' });
}

function readResult(event: JsonObject, place: Place, emit: Emit): void {
  const seen = object(event.observation);
  const told = text(event.error) ?? text(event.rejection_reason);
  const error = seen?.is_error ?? seen?.error;
  emit({
    ...place,
    kind: 'tool_result',
    callId: label(event.tool_call_id) ?? label(event.action_id),
    text: told ?? (resultText(seen?.content) || (text(seen?.output) ?? '')),
    failed: event.kind === 'ObservationEvent' ? (typeof error === 'boolean' ? error : null) : true,
  });
}

/** The state names the conversation and its model, and sums up the tokens; a later state replaces an earlier. */
function readState(event: JsonObject, place: Place, statsId: string | null, emit: Emit): void {
  const full = event.key === 'full_state' ? object(event.value) : undefined;
  if (full) emit({ ...place, kind: 'session', id: label(full.id) });
  const chosen = label(at(full, 'agent', 'llm', 'model'));
  if (chosen !== undefined) emit({ ...place, kind: 'model', model: chosen });
  const stats = event.key === 'stats' ? event.value : full?.stats;
  const usages = Object.entries(object(at(stats, 'usage_to_metrics')) ?? {}).slice(0, 50);
  for (const [name, metrics] of usages) {
    const tokens = object(at(metrics, 'accumulated_token_usage'));
    const input = tokenSum(tokens, 'prompt_tokens');
    const output = tokenSum(tokens, 'completion_tokens');
    const model = label(at(metrics, 'model_name'));
    if (!count(input) && !count(output)) continue;
    if (model !== undefined) emit({ ...place, kind: 'model', model });
    if (statsId !== null)
      emit({ ...place, kind: 'usage', messageId: `${statsId} ${name}`, input, output, counts: 'sum' });
  }
}
