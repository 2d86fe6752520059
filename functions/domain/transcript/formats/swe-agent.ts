import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { resultText } from './anthropic-blocks.ts';
import { parsedArguments } from './json-arguments.ts';

/**
 * SWE-agent's trajectories: `trajectory` has the steps it took, `history` what the model was shown; demonstrations may
 * hold the history alone. Times are not told.
 * https://swe-agent.com/latest/usage/trajectories/
 */
export const sweAgent: TranscriptFormat = {
  id: 'swe-agent',
  agent: 'swe-agent',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    if (records.some(isTrajectory)) return 'certain';
    return records.some(isHistory) ? 'likely' : 'no';
  },
  read: readTrajectories,
};

function isTrajectory(record: unknown): boolean {
  const steps = array(at(record, 'trajectory'));
  return (
    steps !== undefined &&
    has(record, 'history', 'info') &&
    (steps.length > 0 || (has(record, 'environment') && array(at(record, 'history'))?.length !== 0)) &&
    steps.every(isStep)
  );
}

function isStep(step: unknown): boolean {
  return has(step, 'action', 'observation', 'response');
}

/** A demonstration: its messages name the agent that speaks, and an answer has its action beside it. */
function isHistory(record: unknown): boolean {
  const history = array(at(record, 'history')) ?? [];
  return (
    history.every((message) => has(message, 'role', 'content')) &&
    history.some((message) => has(message, 'role', 'agent', 'action'))
  );
}

function readTrajectories(emit: Emit): TranscriptReader {
  let documents = 0;
  /** Tokens of the documents so far. */
  const tokens = { input: 0, output: 0 };
  return {
    take(piece, line) {
      const document = object(piece);
      if (!document) return;
      documents += 1;
      const info = object(document.info);
      emit({ line, kind: 'session', agentVersion: label(info?.swe_agent_version) });
      const model = modelOf(document.replay_config);
      if (model !== undefined) emit({ line, kind: 'model', model });
      const steps = array(document.trajectory) ?? [];
      readHistory(array(document.history) ?? [], steps.length === 0, `${documents}`, line, emit);
      steps.forEach((step, index) => {
        readStep(step, `${documents} ${index}`, line, emit);
      });
      const input = count(at(info, 'model_stats', 'tokens_sent'));
      const output = count(at(info, 'model_stats', 'tokens_received'));
      // Nothing was counted where both are 0.
      if (!input && !output) return;
      tokens.input += input ?? 0;
      tokens.output += output ?? 0;
      emit({ line, kind: 'usage', ...tokens, counts: 'total' });
    },
    end() {},
  };
}

/** What runs in place of a model: https://swe-agent.com/latest/reference/model_config/ */
const notModels = new Set(['human', 'human_thought', 'replay', 'instant_empty_submit']);

function modelOf(config: unknown): string | undefined {
  const name = label(at(parsedArguments(config), 'agent', 'model', 'name'));
  return name !== undefined && !notModels.has(name) ? name : undefined;
}

/** Emits what came before the first step; `whole` when there are no steps, so that the history is all there is. */
function readHistory(
  history: readonly unknown[],
  whole: boolean,
  scope: string,
  line: number,
  emit: Emit,
): void {
  let answered = false;
  let calls = 0;
  for (const value of history) {
    const message = object(value);
    if (!message) continue;
    const spoken = resultText(message.content);
    if (message.role === 'system') emit({ line, kind: 'message', role: 'system', text: spoken });
    else if (message.is_demo === true)
      emit({ line, kind: 'message', role: 'user', purpose: 'context', text: spoken });
    else if (message.role === 'assistant') {
      if (!whole) return;
      answered = true;
      emit({ line, kind: 'message', role: 'assistant', text: spoken });
      const action = text(message.action) ?? '';
      if (action.trim() === '') continue;
      calls += 1;
      emit({ line, kind: 'tool_call', id: `${scope} ${calls}`, name: toolOf(action), input: action });
    } else if (answered)
      emit({ line, kind: 'tool_result', callId: `${scope} ${calls}`, text: spoken, failed: null });
    else if (message.role === 'user')
      emit({ line, kind: 'message', role: 'user', purpose: 'prompt', text: spoken });
  }
}

function readStep(value: unknown, id: string, line: number, emit: Emit): void {
  const step: JsonObject = object(value) ?? {};
  emit({ line, kind: 'message', role: 'assistant', text: text(step.response) ?? '' });
  const action = text(step.action) ?? '';
  if (action.trim() === '') return;
  emit({ line, kind: 'tool_call', id, name: toolOf(action), input: action });
  emit({ line, kind: 'tool_result', callId: id, text: text(step.observation) ?? '', failed: null });
}

/** Commands of SWE-agent's own tool bundles; whatever else an action begins with is run by the shell. */
const ownTools = new Set([
  'create',
  'edit',
  'end_of_edit',
  'exit_cost',
  'exit_format',
  'find_file',
  'goto',
  'insert',
  'open',
  'scroll_down',
  'scroll_up',
  'search_dir',
  'search_file',
  'str_replace_editor',
  'submit',
  'view_image',
]);

function toolOf(action: string): string {
  const word = /^\s{0,20}(\w{1,40})/.exec(action)?.[1] ?? '';
  return ownTools.has(word) ? word : 'bash';
}
