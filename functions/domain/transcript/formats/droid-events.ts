import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { at, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { anthropicUsage, resultText } from './anthropic-blocks.ts';
import { withoutReminders } from './droid-reminders.ts';
import { jsonText } from './json-text.ts';

/**
 * What `droid exec --output-format stream-json` prints: events of one run, each with the session's id.
 * https://docs.factory.ai/cli/droid-exec/overview
 */
export const droidEvents: TranscriptFormat = {
  id: 'droid-events',
  agent: 'droid',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    const events = records.filter((record) => sessionOf(object(record) ?? {}) !== undefined);
    const calls = events.some(
      (event) => at(event, 'type') === 'tool_call' && has(event, 'toolName') && has(event, 'parameters'),
    );
    const completions = events.some((event) => at(event, 'type') === 'completion' && has(event, 'finalText'));
    const init = events.some(
      (event) =>
        at(event, 'type') === 'system' &&
        at(event, 'subtype') === 'init' &&
        has(event, 'reasoning_effort', 'tools'),
    );
    if ((calls && (completions || init)) || (completions && init)) return 'certain';
    return calls || completions || init ? 'likely' : 'no';
  },
  read: readEvents,
};

function sessionOf(event: JsonObject): string | undefined {
  return label(event.session_id) ?? label(event.sessionId);
}

function readEvents(emit: Emit): TranscriptReader {
  let session: string | undefined;
  let model: string | undefined;
  let answered = '';
  return {
    take(piece, line) {
      const event = object(piece);
      if (!event) return;
      const place = { line, at: sessionTime(event.timestamp) };
      const id = sessionOf(event);
      if (id !== undefined && id !== session) {
        session = id;
        emit({ ...place, kind: 'session', id, agentVersion: label(event.version) });
      }
      if (event.type === 'system') {
        model = label(event.model) ?? model;
        if (model !== undefined) emit({ ...place, kind: 'model', model });
      } else if (event.type === 'message') {
        if (event.role === 'assistant') answered = (text(event.text) ?? '').trim();
        readMessage(event, place, model, emit);
      } else if (event.type === 'completion') {
        readCompletion(event, place, model, answered, emit);
        answered = '';
      } else readOther(event, place, emit);
    },
    end() {},
  };
}

interface Place {
  line: number;
  at: string | undefined;
}

function readMessage(event: JsonObject, place: Place, model: string | undefined, emit: Emit): void {
  const id = label(event.id);
  const spoken = text(event.text) ?? '';
  if (event.role === 'assistant')
    emit({ ...place, kind: 'message', role: 'assistant', id, model, text: spoken });
  if (event.role !== 'user') return;
  const typed = withoutReminders(spoken);
  const prompt = typed !== '';
  const purpose = prompt ? 'prompt' : 'context';
  emit({ ...place, kind: 'message', role: 'user', purpose, id, text: prompt ? typed : spoken });
}

/** The run's end repeats the last answer; an answer told nowhere else is told here. */
function readCompletion(
  event: JsonObject,
  place: Place,
  model: string | undefined,
  answered: string,
  emit: Emit,
): void {
  const final = text(event.finalText)?.trim() ?? '';
  if (final !== '' && final !== answered) {
    emit({ ...place, kind: 'message', role: 'assistant', model, text: final });
  }
  const usage = anthropicUsage(event.usage);
  if (usage) emit({ ...place, kind: 'usage', ...usage, counts: 'sum' });
}

function readOther(event: JsonObject, place: Place, emit: Emit): void {
  const callId = label(event.toolCallId) ?? label(event.id);
  if (event.type === 'tool_call') {
    const name = label(event.toolName) ?? label(event.toolId) ?? 'unknown';
    emit({
      ...place,
      kind: 'tool_call',
      id: callId,
      name,
      messageId: label(event.messageId),
      input: event.parameters,
    });
  } else if (event.type === 'tool_result') {
    const failed = typeof event.isError === 'boolean' ? event.isError : null;
    emit({ ...place, kind: 'tool_result', callId, text: valueText(event.value), failed });
  } else if (event.type === 'error') {
    const notice = text(event.message);
    if (notice !== undefined) emit({ ...place, kind: 'message', role: 'system', text: notice });
  } else if (event.type === 'reasoning') {
    emit({ ...place, kind: 'thinking', messageId: label(event.messageId), text: text(event.text) ?? '' });
  } else if (place.at !== undefined) emit({ ...place, kind: 'time' });
}

/** A tool's result: text, text blocks, or whatever value the tool gave. */
function valueText(value: unknown): string {
  const spoken = resultText(value);
  return spoken !== '' || value === undefined || value === null || value === '' ? spoken : jsonText(value);
}
