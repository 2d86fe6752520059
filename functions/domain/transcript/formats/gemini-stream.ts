import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';

/**
 * What `gemini --output-format stream-json` prints: an event a line. An answer comes in pieces (`delta`), which end with
 * the next event of another kind.
 * https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/output/types.ts
 */
export const geminiStream: TranscriptFormat = {
  id: 'gemini-stream-json',
  agent: 'gemini-cli',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    const begins = records.some(
      (record) => at(record, 'type') === 'init' && has(record, 'session_id', 'model', 'timestamp'),
    );
    const calls = records.some(
      (record) => at(record, 'type') === 'tool_use' && has(record, 'tool_name', 'tool_id', 'timestamp'),
    );
    const talks = records.some(
      (record) => at(record, 'type') === 'message' && has(record, 'role', 'content', 'timestamp'),
    );
    const ends = records.some(
      (record) => at(record, 'type') === 'result' && has(record, 'status', 'timestamp'),
    );
    if (begins && (calls || talks || ends)) return 'certain';
    return begins || (calls && talks) ? 'likely' : 'no';
  },
  read: (emit) => eventReader(emit),
};

/** Longest text of an answer held back, in characters; a longer one is emitted in parts. */
const maxHeld = 1_000_000;

function eventReader(emit: Emit) {
  let answer: { line: number; at: string | undefined; pieces: string[]; chars: number } | null = null;
  let number = 1;
  let model: string | undefined;
  const flush = () => {
    if (!answer) return;
    const { line, at: when, pieces } = answer;
    const words = pieces.join('');
    emit({ kind: 'message', line, at: when, role: 'assistant', id: `answer ${number}`, model, text: words });
    answer = null;
  };
  const finish = () => {
    flush();
    number += 1;
  };

  return {
    take(piece: unknown, line: number) {
      const event = object(piece);
      if (!event) return;
      const when = sessionTime(event.timestamp);
      if (event.type === 'message' && event.role === 'assistant') {
        if (event.delta !== true) finish();
        answer ??= { line, at: when, pieces: [], chars: 0 };
        const words = text(event.content) ?? '';
        answer.pieces.push(words);
        answer.chars += words.length;
        emit({ kind: 'time', line, at: when });
        if (event.delta !== true) finish();
        else if (answer.chars > maxHeld) flush();
        return;
      }
      finish();
      if (event.type === 'init') {
        // `auto` leaves the choice of the model to the agent.
        model = event.model === 'auto' ? undefined : label(event.model);
        emit({ kind: 'session', line, at: when, id: label(event.session_id) });
        if (model !== undefined) emit({ kind: 'model', line, at: when, model });
      } else readEvent(event, line, when, emit);
    },
    end: finish,
  };
}

function readEvent(event: JsonObject, line: number, when: string | undefined, emit: Emit): void {
  const place = { line, at: when };
  const words = text(at(event.error, 'message')) ?? text(event.message);
  switch (event.type) {
    case 'message':
      emit({ ...place, kind: 'message', role: 'user', purpose: 'prompt', text: text(event.content) ?? '' });
      break;
    case 'tool_use': {
      const name = label(event.tool_name) ?? 'unknown';
      emit({ ...place, kind: 'tool_call', id: label(event.tool_id), name, input: event.parameters });
      break;
    }
    case 'tool_result': {
      const failed = event.status === 'error' ? true : event.status === 'success' ? false : null;
      const answer = text(event.output) ?? words ?? '';
      emit({ ...place, kind: 'tool_result', callId: label(event.tool_id), text: answer, failed });
      break;
    }
    case 'error':
      emit({ ...place, kind: 'message', role: 'system', text: words ?? '' });
      break;
    case 'result':
      readResult(event, place, emit);
      if (words !== undefined) emit({ ...place, kind: 'message', role: 'system', text: words });
      break;
  }
}

/** The sums of one run; a file may hold the runs of a session one after another. */
function readResult(event: JsonObject, place: { line: number; at: string | undefined }, emit: Emit): void {
  emit({ ...place, kind: 'time' });
  for (const model of Object.keys(object(at(event.stats, 'models')) ?? {}).slice(0, 20)) {
    if (label(model) !== undefined) emit({ ...place, kind: 'model', model });
  }
  const input = count(at(event.stats, 'input_tokens')) ?? null;
  const output = count(at(event.stats, 'output_tokens')) ?? null;
  if (input !== null || output !== null) emit({ ...place, kind: 'usage', input, output, counts: 'sum' });
}
