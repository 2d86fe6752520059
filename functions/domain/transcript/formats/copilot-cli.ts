import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';

/**
 * GitHub Copilot CLI's session files: `~/.copilot/session-state/<session id>/events.jsonl`, an event a line. VS Code's
 * Copilot Chat writes the same envelope and names itself by `vscodeVersion`; that is another agent.
 * https://github.com/github/copilot-sdk/blob/main/nodejs/src/generated/session-events.ts
 */
export const copilotCli: TranscriptFormat = {
  id: 'copilot-cli',
  agent: 'copilot-cli',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise({ records }) {
    const events = records.filter((record) => has(record, 'type', 'data'));
    if (events.some((event) => at(event, 'data', 'vscodeVersion') !== undefined)) return 'no';
    const start = events.find((event) => at(event, 'type') === 'session.start');
    if (start && has(at(start, 'data'), 'sessionId', 'copilotVersion')) return 'certain';
    const kinds = new Set(events.map((event) => at(event, 'type')).filter((type) => told.has(type)));
    return kinds.size > 1 && (start || events.some((event) => has(event, 'id', 'parentId')))
      ? 'likely'
      : 'no';
  },
  read: (emit) => eventReader(emit),
};

const told = new Set<unknown>([
  'user.message',
  'assistant.message',
  'assistant.turn_start',
  'tool.execution_start',
  'tool.execution_complete',
]);

interface Place {
  line: number;
  at: string | undefined;
  subagent: string | undefined;
}

function eventReader(emit: Emit) {
  /** A call is told with the answer that asks for it, and again when it starts. */
  const called = new Set<string>();
  const call = (id: string | undefined, name: unknown, input: unknown, place: Place, messageId?: string) => {
    if (id !== undefined && called.has(id)) return;
    if (id !== undefined) called.add(id);
    emit({ ...place, kind: 'tool_call', id, messageId, name: label(name) ?? 'unknown', input });
  };

  return {
    take(piece: unknown, line: number) {
      const event = object(piece);
      const data = object(event?.data);
      if (!event || !data) return;
      const subagent = label(event.agentId) ?? label(data.parentToolCallId);
      const place = { line, at: sessionTime(event.timestamp), subagent };
      const id = label(event.id);
      switch (event.type) {
        case 'user.message':
          readPrompt(data, id, place, emit);
          break;
        case 'assistant.message': {
          const messageId = label(data.messageId) ?? id;
          readAnswer(data, messageId, place, emit);
          for (const request of array(data.toolRequests) ?? []) {
            const callId = label(at(request, 'toolCallId'));
            call(callId, at(request, 'name'), at(request, 'arguments'), place, messageId);
          }
          break;
        }
        case 'tool.execution_start':
          call(label(data.toolCallId), data.toolName, data.arguments, place);
          break;
        case 'tool.execution_complete':
          readResult(data, place, emit);
          break;
        default:
          readNotice(event.type, data, place, emit);
      }
    },
    end() {},
  };
}

function readPrompt(data: JsonObject, id: string | undefined, place: Place, emit: Emit): void {
  const words = text(data.content) ?? '';
  const source = data.source;
  // What skills and the agent itself put in is marked by its source.
  const typed = source === undefined || source === null || source === 'user';
  const purpose = !typed
    ? 'context'
    : /^\/[a-z][\w-]{0,40}(?:\s|$)/.test(words.slice(0, 60))
      ? 'command'
      : 'prompt';
  emit({ ...place, kind: 'message', role: 'user', purpose, id, text: words });
  for (const attachment of array(data.attachments) ?? []) {
    const mediaType = label(at(attachment, 'mimeType'));
    if (mediaType !== undefined) emit({ ...place, kind: 'attachment', messageId: id, mediaType });
  }
}

function readAnswer(data: JsonObject, messageId: string | undefined, place: Place, emit: Emit): void {
  const thought = text(data.reasoningText);
  if (thought !== undefined || has(data, 'reasoningOpaque')) {
    emit({ ...place, kind: 'thinking', messageId, text: thought ?? '' });
  }
  const model = modelName(data.model);
  emit({
    ...place,
    kind: 'message',
    role: 'assistant',
    id: messageId,
    model,
    text: text(data.content) ?? '',
  });
  const output = count(data.outputTokens);
  if (output !== undefined) emit({ ...place, kind: 'usage', messageId, input: null, output, counts: 'sum' });
}

function readResult(data: JsonObject, place: Place, emit: Emit): void {
  const failed = typeof data.success === 'boolean' ? !data.success : null;
  const words =
    text(data.result) ?? text(at(data.result, 'content')) ?? text(at(data.error, 'message')) ?? '';
  emit({ ...place, kind: 'tool_result', callId: label(data.toolCallId), text: words, failed });
}

/** `auto` leaves the choice of the model to the agent. */
function modelName(value: unknown): string | undefined {
  return value === 'auto' ? undefined : label(value);
}

function readNotice(type: unknown, data: JsonObject, place: Place, emit: Emit): void {
  const model = modelName(type === 'session.model_change' ? data.newModel : data.selectedModel);
  switch (type) {
    case 'session.start':
    case 'session.resume': {
      const session = { id: label(data.sessionId), agentVersion: label(data.copilotVersion) };
      emit({ ...place, kind: 'session', at: place.at ?? sessionTime(data.startTime), ...session });
      if (model !== undefined) emit({ ...place, kind: 'model', model });
      break;
    }
    case 'session.model_change':
      if (model !== undefined) emit({ ...place, kind: 'model', model });
      break;
    case 'session.compaction_complete':
      if (data.success !== false)
        emit({ ...place, kind: 'compaction', text: text(data.summaryContent) ?? '' });
      break;
    case 'session.shutdown':
      readTotals(data, place, emit);
      break;
    case 'session.info':
    case 'session.warning':
    case 'session.error':
    case 'system.message':
    case 'system.notification':
    case 'skill.invoked': {
      const words = text(data.message) ?? text(data.content) ?? '';
      emit({ ...place, kind: 'message', role: 'system', text: words });
      break;
    }
  }
  emit({ ...place, kind: 'time' });
}

/** The sums a session ends with, a model each; what was read from the cache is in `inputTokens`. */
function readTotals(data: JsonObject, place: Place, emit: Emit): void {
  let input: number | null = null;
  let output: number | null = null;
  for (const [name, metrics] of Object.entries(object(data.modelMetrics) ?? {}).slice(0, 100)) {
    if (!has(metrics, 'usage')) continue;
    const model = modelName(name);
    if (model !== undefined) emit({ ...place, kind: 'model', model });
    const read = count(at(metrics, 'usage', 'inputTokens'));
    const written = count(at(metrics, 'usage', 'outputTokens'));
    if (read !== undefined) input = (input ?? 0) + read;
    if (written !== undefined) output = (output ?? 0) + written;
  }
  if (input !== null || output !== null) emit({ ...place, kind: 'usage', input, output, counts: 'total' });
}
