import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { resultText } from './anthropic-blocks.ts';
import { emitParts } from './chat-message.ts';
import { parsedArguments } from './json-arguments.ts';
import { tokenSum } from './token-sum.ts';

/**
 * What Kimi CLI's core told its interface: `~/.kimi/sessions/<folder>/<id>/wire.jsonl`, lines of
 * `{timestamp, message: {type, payload}}` after a `metadata` line.
 * https://github.com/MoonshotAI/kimi-cli/blob/main/src/kimi_cli/wire/types.py
 */
export const kimiWire: TranscriptFormat = {
  id: 'kimi-cli-wire',
  agent: 'kimi-cli',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise: ({ records }) => (records.some(isWireRecord) ? 'certain' : 'no'),
  read: readWire,
};

const wireTypes = new Set([
  'TurnBegin',
  'SteerInput',
  'TurnEnd',
  'StepBegin',
  'StepInterrupted',
  'CompactionBegin',
  'CompactionEnd',
  'StatusUpdate',
  'ContentPart',
  'ToolCall',
  'ToolCallPart',
  'ToolResult',
  'ApprovalRequest',
  'ApprovalResponse',
  'ApprovalRequestResolved',
  'SubagentEvent',
]);

function isWireRecord(record: unknown): boolean {
  const line = object(record);
  const message = object(line?.message);
  return (
    typeof line?.timestamp === 'number' &&
    object(message?.payload) !== undefined &&
    wireTypes.has(text(message?.type) ?? '')
  );
}

interface Place {
  line: number;
  at: string | undefined;
  subagent: string | undefined;
}

/** A subagent's events are wrapped in its parent's; deeper than this nobody goes. */
const maxSubagents = 8;

function readWire(emit: Emit): TranscriptReader {
  emit({ kind: 'session', line: 1 });
  /** Steps begun so far, and the step each agent is in. */
  let steps = 0;
  const current = new Map<string, string>();
  /** A call whose arguments may go on in the next lines. */
  let call: { place: Place; id: string | undefined; name: string; input: string[] } | null = null;

  const flush = () => {
    if (!call) return;
    const { place, id, name, input } = call;
    call = null;
    emit({ ...place, kind: 'tool_call', id, name, input: parsedArguments(input.join('')) });
  };

  const answer = (place: Place, spoken: string) => {
    const id = current.get(place.subagent ?? '');
    emit({ ...place, kind: 'message', role: 'assistant', id, text: spoken });
  };

  const read = (type: string, payload: JsonObject, place: Place) => {
    if (type === 'ToolCallPart') {
      call?.input.push(text(payload.arguments_part) ?? '');
      return;
    }
    flush();
    emit({ ...place, kind: 'time' });
    switch (type) {
      case 'TurnBegin':
      case 'SteerInput': {
        const spoken = resultText(payload.user_input);
        const purpose = slashCommand.test(spoken.slice(0, 100)) ? 'command' : 'prompt';
        emit({ ...place, kind: 'message', role: 'user', purpose, text: spoken });
        emitParts(payload.user_input, place, emit);
        break;
      }
      case 'StepBegin':
        steps += 1;
        current.set(place.subagent ?? '', `step ${steps}`);
        answer(place, '');
        break;
      case 'ContentPart':
        if (payload.type === 'text') answer(place, text(payload.text) ?? '');
        else emitParts([payload], place, emit);
        break;
      case 'ToolCall': {
        const made = object(payload.function);
        const input = [text(made?.arguments) ?? ''];
        call = { place, id: label(payload.id), name: label(made?.name) ?? 'unknown', input };
        break;
      }
      case 'ToolResult':
        emitResult(payload, place, emit);
        break;
      case 'StatusUpdate': {
        const usage = object(payload.token_usage);
        if (!usage) break;
        const input = tokenSum(usage, 'input_other', 'input_cache_read', 'input_cache_creation');
        const output = tokenSum(usage, 'output');
        const messageId = current.get(place.subagent ?? '');
        emit({ ...place, kind: 'usage', messageId, input, output, counts: 'sum' });
        break;
      }
      case 'CompactionBegin':
        emit({ ...place, kind: 'compaction', text: '' });
        break;
    }
  };

  return {
    take(piece, line) {
      const record = object(piece);
      let message = object(record?.message);
      const place: Place = { line, at: sessionTime(record?.timestamp), subagent: undefined };
      for (let depth = 0; depth < maxSubagents && message?.type === 'SubagentEvent'; depth += 1) {
        const event = object(message.payload);
        place.subagent = label(event?.agent_id) ?? label(event?.parent_tool_call_id) ?? 'subagent';
        message = object(event?.event);
      }
      const payload = object(message?.payload);
      if (payload) read(text(message?.type) ?? '', payload, place);
    },
    end: flush,
  };
}

/** Commands the core itself takes; all others never reach the file. */
const slashCommand = /^\s*\/(?:init|compact|clear|reset|yolo|plan|(?:skill|flow):[\w.-]{1,80})(?:\s|$)/;

function emitResult(payload: JsonObject, place: Place, emit: Emit): void {
  const result = object(payload.return_value) ?? object(payload.result);
  const failed = result?.is_error;
  emit({
    ...place,
    kind: 'tool_result',
    callId: label(payload.tool_call_id),
    text: resultText(result?.output) || (text(result?.message) ?? ''),
    failed: typeof failed === 'boolean' ? failed : null,
  });
}
