import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, label, object, text } from '../json.ts';
import { isV0Event, v0Reader } from './openhands-v0.ts';
import { isV1Event, v1Reader } from './openhands-v1.ts';
import { tokenSum } from './token-sum.ts';

/**
 * Rows of OpenHands' evaluations (`output.jsonl`): one session a row, its events under `history`, many rows a file.
 * https://github.com/All-Hands-AI/OpenHands/tree/0.62.0/evaluation
 */
export const openhandsEval: TranscriptFormat = {
  id: 'openhands-eval',
  agent: 'openhands',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise: ({ records }) => (records.some(isRow) ? 'certain' : 'no'),
  read: readRows,
};

function isRow(record: unknown): boolean {
  const first = eventsOf(record).slice(0, 20);
  return (
    at(record, 'instance_id') !== undefined && first.some((event) => isV0Event(event) || isV1Event(event))
  );
}

/** The events of a row; the oldest rows pair each action with its observation. */
function eventsOf(record: unknown): unknown[] {
  return (array(at(record, 'history')) ?? []).flatMap((event) => array(event) ?? [event]);
}

function readRows(emit: Emit): TranscriptReader {
  let rows = 0;
  return {
    take(piece, line) {
      const row = object(piece);
      if (!row) return;
      rows += 1;
      emit({ line, kind: 'session' });
      const model = label(at(row.metadata, 'llm_config', 'model')) ?? label(at(row.metadata, 'llm', 'model'));
      if (model !== undefined) emit({ line, kind: 'model', model });
      const events = eventsOf(row);
      // What was asked stands beside the events where they begin with the agent's first action.
      const asked = text(row.instruction);
      if (asked && !events.some((event) => at(event, 'source') === 'user'))
        emit({ line, kind: 'message', role: 'user', purpose: 'prompt', text: asked });
      const tokens = object(at(row.metrics, 'accumulated_token_usage'));
      const options = { scope: `${rows} `, usage: tokens === undefined };
      const take = events.some(isV1Event) ? v1Reader(options, emit) : v0Reader(options, emit);
      for (const event of events) take(event, line);
      if (!tokens) return;
      const input = tokenSum(tokens, 'prompt_tokens');
      emit({ line, kind: 'usage', input, output: tokenSum(tokens, 'completion_tokens'), counts: 'sum' });
    },
    end() {},
  };
}
