import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, count, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { agentName } from './agent-name.ts';
import { resultText } from './anthropic-blocks.ts';
import { parsedArguments } from './json-arguments.ts';

/**
 * Harbor's Agent Trajectory Interchange Format, versions 1.x: one object, the real agent named in it.
 * https://github.com/OpenAgentsInc/openagents/blob/main/docs/atif/0001-trajectory-format.md (a mirror of its RFC)
 */
export const atif: TranscriptFormat = {
  id: 'atif',
  agent: null,
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    const own = (record: unknown) =>
      text(at(record, 'schema_version'))?.startsWith('ATIF-v') === true &&
      array(at(record, 'steps')) !== undefined &&
      object(at(record, 'agent')) !== undefined;
    return records.some(own) ? 'certain' : 'no';
  },
  read: readTrajectories,
};

/** Most trajectories of subagents read in one. */
const maxSubagents = 1000;

function readTrajectories(emit: Emit): TranscriptReader {
  let trajectories = 0;
  /** Tokens of the trajectories so far. */
  const tokens: { input: number | null; output: number | null } = { input: null, output: null };

  const readOne = (trajectory: JsonObject, line: number, subagent: string | undefined) => {
    trajectories += 1;
    const agent = object(trajectory.agent);
    emit({
      line,
      subagent,
      kind: 'session',
      id: label(trajectory.session_id),
      agent: subagent === undefined ? agentName(agent?.name) : undefined,
      agentVersion: subagent === undefined ? label(agent?.version) : undefined,
    });
    const model = label(agent?.model_name);
    if (model !== undefined) emit({ line, subagent, kind: 'model', model });
    const spent = { input: null as number | null, output: null as number | null };
    (array(trajectory.steps) ?? []).forEach((value, index) => {
      const step = object(value);
      if (!step) return;
      const place = { line, at: sessionTime(step.timestamp), subagent };
      readStep(step, `${trajectories} ${index}`, place, emit);
      spent.input = plus(spent.input, at(step.metrics, 'prompt_tokens'));
      spent.output = plus(spent.output, at(step.metrics, 'completion_tokens'));
    });
    const all = object(trajectory.final_metrics);
    tokens.input = plus(tokens.input, all?.total_prompt_tokens ?? spent.input);
    tokens.output = plus(tokens.output, all?.total_completion_tokens ?? spent.output);
    if (tokens.input !== null || tokens.output !== null)
      emit({ line, subagent, kind: 'usage', ...tokens, counts: 'total' });
  };

  return {
    take(piece, line) {
      const trajectory = object(piece);
      if (!trajectory) return;
      readOne(trajectory, line, undefined);
      for (const value of (array(trajectory.subagent_trajectories) ?? []).slice(0, maxSubagents)) {
        const inner = object(value);
        const name = label(inner?.trajectory_id) ?? label(inner?.session_id) ?? 'subagent';
        if (inner) readOne(inner, line, name);
      }
    },
    end() {},
  };
}

function plus(sum: number | null, value: unknown): number | null {
  const tokens = count(value);
  return tokens === undefined ? sum : (sum ?? 0) + tokens;
}

interface StepPlace {
  line: number;
  at: string | undefined;
  subagent: string | undefined;
}

function readStep(step: JsonObject, id: string, place: StepPlace, emit: Emit): void {
  const spoken = resultText(step.message);
  if (step.source === 'user')
    emit({ ...place, kind: 'message', role: 'user', purpose: 'prompt', id, text: spoken });
  else if (step.source === 'agent')
    emit({
      ...place,
      kind: 'message',
      role: 'assistant',
      id,
      model: label(step.model_name),
      text: spoken,
    });
  else if (step.source === 'system') emit({ ...place, kind: 'message', role: 'system', id, text: spoken });
  else emit({ ...place, kind: 'time' });
  emitImages(step.message, id, place, emit);
  const reasoning = text(step.reasoning_content);
  if (reasoning) emit({ ...place, kind: 'thinking', messageId: id, text: reasoning });
  const open: string[] = [];
  (array(step.tool_calls) ?? []).forEach((call, index) => {
    const callId = label(at(call, 'tool_call_id')) ?? `${id} ${index}`;
    const name = label(at(call, 'function_name')) ?? 'unknown';
    const input = parsedArguments(at(call, 'arguments'));
    emit({ ...place, kind: 'tool_call', id: callId, name, messageId: id, input });
    open.push(callId);
  });
  readResults(array(at(step.observation, 'results')) ?? [], open, id, place, emit);
}

/** A result that names no call answers the next open one; the last of fewer results answers all that are left. */
function readResults(
  results: readonly unknown[],
  calls: readonly string[],
  messageId: string,
  place: StepPlace,
  emit: Emit,
): void {
  const named = new Set(results.flatMap((result) => label(at(result, 'source_call_id')) ?? []));
  const open = calls.filter((call) => !named.has(call));
  results.forEach((result, index) => {
    const content = at(result, 'content');
    const name = label(at(result, 'source_call_id'));
    const callId = name ?? open.shift();
    emit({ ...place, kind: 'tool_result', callId, text: resultText(content), failed: null });
    emitImages(content, messageId, place, emit);
    if (index < results.length - 1 || name !== undefined) return;
    for (const left of open) emit({ ...place, kind: 'tool_result', callId: left, text: '', failed: null });
  });
}

function emitImages(content: unknown, messageId: string, place: StepPlace, emit: Emit): void {
  for (const part of array(content) ?? []) {
    if (at(part, 'type') !== 'image') continue;
    emit({
      ...place,
      kind: 'attachment',
      messageId,
      mediaType: label(at(part, 'source', 'media_type')) ?? null,
    });
  }
}
