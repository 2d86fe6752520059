import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, count, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { dataType } from './chat-message.ts';
import { tokenSum } from './token-sum.ts';

/**
 * OpenHands' events up to version 0: a JSON array (`trajectory.json`), a file of lines, or one event a file. An action
 * of the agent, then the observation that names it as its `cause`.
 * https://github.com/All-Hands-AI/OpenHands/tree/0.62.0/openhands/events
 */
export const openhandsV0: TranscriptFormat = {
  id: 'openhands-v0',
  agent: 'openhands',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise: ({ records }) => (records.some(isV0Event) ? 'certain' : 'no'),
  read(emit) {
    emit({ kind: 'session', line: 1 });
    const take = v0Reader({ scope: '', usage: true }, emit);
    return { take, end() {} };
  },
};

const sources = new Set<unknown>(['agent', 'user', 'environment']);

/** Actions and observations; other programs log actions of a user, too. */
const kinds = new Set(
  (
    'message system start read write edit delete run run_ipython browse browse_interactive call_tool_mcp mcp ' +
    'delegate think finish reject null pause resume stop change_agent_state agent_state_changed recall push ' +
    'send_pr condense condensation condensation_request task_tracking loop_recovery loop_detection error ' +
    'success chat download user_rejected init'
  ).split(' '),
);

/** Whether a value is an event of OpenHands' version 0. */
export function isV0Event(value: unknown): boolean {
  const event = object(value);
  return (
    event !== undefined &&
    count(event.id) !== undefined &&
    sources.has(event.source) &&
    ((kinds.has(text(event.action) ?? '') && object(event.args) !== undefined) ||
      (kinds.has(text(event.observation) ?? '') && object(event.extras) !== undefined))
  );
}

/** Actions by which nothing is done outside of the agent, and what is observed of them. */
const notTools = new Set(['recall', 'null', 'change_agent_state', 'agent_state_changed', 'think', 'system']);
const housekeeping = new Set([...notTools, 'message', 'pause', 'resume', 'stop', 'condensation_request']);

/**
 * Reads the events of one session. `scope` tells its ids from those of the file's other sessions; `usage` is false
 * where the file has the session's tokens elsewhere.
 */
export function v0Reader(
  { scope, usage }: { scope: string; usage: boolean },
  emit: Emit,
): (piece: unknown, line: number) => void {
  let accumulated = false;

  const readUsage = (event: JsonObject, place: { line: number; at: string | undefined }) => {
    const response = object(at(event.tool_call_metadata, 'model_response'));
    const model = label(response?.model);
    if (model !== undefined) emit({ ...place, kind: 'model', model });
    if (!usage) return;
    const soFar = object(at(event.llm_metrics, 'accumulated_token_usage'));
    accumulated ||= soFar !== undefined;
    const tokens = accumulated ? soFar : object(response?.usage);
    if (!tokens) return;
    const messageId = `${scope}${accumulated ? 'all' : (label(response?.id) ?? label(event.timestamp) ?? '')}`;
    const input = tokenSum(tokens, 'prompt_tokens');
    emit({
      ...place,
      kind: 'usage',
      messageId,
      input,
      output: tokenSum(tokens, 'completion_tokens'),
      counts: 'sum',
    });
  };

  return (piece, line) => {
    const event = object(piece);
    if (!event) return;
    const place = { line, at: sessionTime(event.timestamp) };
    const id = count(event.id) === undefined ? undefined : `${scope}${event.id}`;
    const action = label(event.action);
    const args = object(event.args);
    if (action !== undefined) readAction(action, { ...event, args }, id, place, emit);
    else readObservation(event, scope, place, emit);
    readUsage(event, place);
  };
}

interface Place {
  line: number;
  at: string | undefined;
}

function readAction(
  action: string,
  event: JsonObject,
  id: string | undefined,
  place: Place,
  emit: Emit,
): void {
  emit({ ...place, kind: 'time' });
  const { thought, ...args } = object(event.args) ?? {};
  const thinking = text(thought) ?? text(at(thought, 'text'));
  if (thinking) emit({ ...place, kind: 'thinking', messageId: id, text: thinking });
  const spoken = text(args.content) ?? text(args.final_thought) ?? text(event.message) ?? '';
  if (action === 'system' || (action === 'message' && event.source === 'environment')) {
    emit({ ...place, kind: 'message', role: 'system', id, text: spoken });
  } else if (event.source === 'user' && action === 'message') {
    emit({ ...place, kind: 'message', role: 'user', purpose: 'prompt', id, text: spoken });
    for (const url of array(args.image_urls) ?? [])
      emit({ ...place, kind: 'attachment', messageId: id, mediaType: dataType(url) });
  } else if (event.source === 'user' && action === 'run') {
    const command = text(args.command) ?? '';
    emit({ ...place, kind: 'message', role: 'user', purpose: 'command', id, text: command });
  } else if (action === 'message' || action === 'finish' || action === 'reject') {
    emit({ ...place, kind: 'message', role: 'assistant', id, text: spoken });
  } else if (action === 'condensation') {
    emit({ ...place, kind: 'compaction', text: text(args.summary) ?? '' });
  } else if (!housekeeping.has(action)) {
    const name = label(at(event.tool_call_metadata, 'function_name')) ?? action;
    emit({ ...place, kind: 'tool_call', id, name, input: args });
  }
}

function readObservation(event: JsonObject, scope: string, place: Place, emit: Emit): void {
  emit({ ...place, kind: 'time' });
  const observation = label(event.observation);
  if (observation === undefined || notTools.has(observation)) return;
  const cause = count(event.cause);
  const callId = cause === undefined ? undefined : `${scope}${cause}`;
  // Without a cause it answers no call: a notice of the runtime.
  if (callId === undefined) {
    emit({ ...place, kind: 'message', role: 'system', text: text(event.content) ?? '' });
    return;
  }
  const failed = observation === 'error' ? true : didFail(event);
  emit({ ...place, kind: 'tool_result', callId, text: text(event.content) ?? '', failed });
}

function didFail(event: JsonObject): boolean | null {
  if (typeof event.success === 'boolean') return !event.success;
  const exit = at(event.extras, 'metadata', 'exit_code') ?? at(event.extras, 'exit_code');
  return typeof exit === 'number' ? exit !== 0 : null;
}
