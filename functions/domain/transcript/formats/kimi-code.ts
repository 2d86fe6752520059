import type { Emit, MessageEvent } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { at, count, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { resultText } from './anthropic-blocks.ts';
import { emitChatMessage, emitParts } from './chat-message.ts';
import { tokenSum } from './token-sum.ts';

/**
 * The log of operations of Kimi Code, the successor of Kimi CLI: `agents/<name>/wire.jsonl`, a record a line.
 * https://github.com/MoonshotAI/kimi-code/blob/main/packages/agent-core/src/agent/records/types.ts
 */
export const kimiCode: TranscriptFormat = {
  id: 'kimi-code',
  agent: 'kimi-cli',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise({ records }) {
    if (records.some((record) => operations.has(text(at(record, 'type')) ?? ''))) return 'certain';
    return records.some(isHeader) ? 'likely' : 'no';
  },
  read: readRecords,
};

const operations = new Set([
  'turn.prompt',
  'turn.steer',
  'context.append_message',
  'context.append_loop_event',
  'context.apply_compaction',
  'config.update',
  'tools.set_active_tools',
]);

function isHeader(record: unknown): boolean {
  return (
    at(record, 'type') === 'metadata' &&
    text(at(record, 'protocol_version')) !== undefined &&
    count(at(record, 'created_at')) !== undefined
  );
}

interface Place {
  line: number;
  at: string | undefined;
  subagent: string | undefined;
}

/** Most prompts awaited in the context at a time. */
const maxAwaited = 100;

function readRecords(emit: Emit): TranscriptReader {
  emit({ kind: 'session', line: 1 });
  let steps = 0;
  let step: string | undefined;
  /** Prompts told by `turn.prompt` that the context is still to repeat. */
  const awaited: string[] = [];

  const prompt = (content: unknown, origin: unknown, place: Place) => {
    const spoken = resultText(content);
    const purpose = purposeOf(origin);
    emit({ ...place, kind: 'message', role: 'user', purpose, text: spoken });
    emitParts(content, place, emit);
    return spoken;
  };

  const loopEvent = (event: JsonObject, place: Place) => {
    if (event.type === 'step.begin') {
      steps += 1;
      step = `step ${steps}`;
      emit({ ...place, kind: 'message', role: 'assistant', id: step, text: '' });
    } else if (event.type === 'content.part') {
      const spoken = text(at(event.part, 'text'));
      if (at(event.part, 'type') !== 'text') emitParts([event.part], place, emit);
      else if (spoken) emit({ ...place, kind: 'message', role: 'assistant', id: step, text: spoken });
    } else if (event.type === 'tool.call') {
      const name = label(event.name) ?? 'unknown';
      const id = label(event.toolCallId);
      emit({ ...place, kind: 'tool_call', id, name, messageId: step, input: event.args });
    } else if (event.type === 'tool.result') {
      const failed = at(event.result, 'isError');
      emit({
        ...place,
        kind: 'tool_result',
        callId: label(event.toolCallId),
        text: resultText(at(event.result, 'output')),
        failed: typeof failed === 'boolean' ? failed : null,
      });
    }
  };

  return {
    take(piece, line) {
      const record = object(piece);
      if (!record) return;
      const agent = label(record.agentId);
      const place: Place = {
        line,
        at: sessionTime(record.time ?? (record.type === 'metadata' ? record.created_at : undefined)),
        subagent: agent === 'main' ? undefined : agent,
      };
      emit({ ...place, kind: 'time' });
      // `llm.request` has the provider's name of the model as well; the alias is what was chosen.
      const model = label(record.type === 'usage.record' ? record.model : record.modelAlias);
      if (model !== undefined) emit({ ...place, kind: 'model', model });
      switch (record.type) {
        case 'config.update': {
          const spoken = text(record.systemPrompt);
          if (spoken) emit({ ...place, kind: 'message', role: 'system', text: spoken });
          break;
        }
        case 'turn.prompt':
        case 'turn.steer': {
          const spoken = prompt(record.input, record.origin, place);
          if (awaited.length < maxAwaited) awaited.push(promptKey(spoken));
          break;
        }
        case 'context.append_message': {
          const message = object(record.message);
          if (!message) break;
          const known = awaited.indexOf(promptKey(resultText(message.content)));
          if (message.role === 'user' && known >= 0) awaited.splice(known, 1);
          else if (message.role === 'user') prompt(message.content, message.origin, place);
          else emitChatMessage(message, place, undefined, emit);
          break;
        }
        case 'context.append_loop_event': {
          const event = object(record.event);
          if (event) loopEvent(event, place);
          break;
        }
        case 'context.apply_compaction':
          emit({ ...place, kind: 'compaction', text: text(record.summary) ?? '' });
          break;
        case 'usage.record': {
          const usage = object(record.usage);
          const input = tokenSum(usage, 'inputOther', 'inputCacheRead', 'inputCacheCreation');
          emit({ ...place, kind: 'usage', input, output: tokenSum(usage, 'output'), counts: 'sum' });
          break;
        }
      }
    },
    end() {},
  };
}

/** Enough of a prompt to know it again. */
function promptKey(spoken: string): string {
  return `${spoken.length} ${spoken.slice(0, 100)}`;
}

/** A prompt's origin says who put it in: a person, a skill a person called, or the agent. */
function purposeOf(origin: unknown): MessageEvent['purpose'] {
  const kind = at(origin, 'kind');
  if (kind === 'user' || kind === undefined) return 'prompt';
  return kind === 'skill_activation' && at(origin, 'trigger') === 'user-slash' ? 'command' : 'context';
}
