import type { TranscriptFormat } from '../format.ts';
import { count, object, text } from '../json.ts';
import { resultText } from './anthropic-blocks.ts';
import { emitChatMessage } from './chat-message.ts';

/**
 * The context Kimi CLI sends to the model: `context.jsonl` beside `wire.jsonl`, chat messages with records of its own
 * among them. Tells no times, model or sums of tokens (`_usage` is the size of the context).
 * https://github.com/MoonshotAI/kimi-cli/blob/main/src/kimi_cli/soul/context.py
 */
export const kimiContext: TranscriptFormat = {
  id: 'kimi-cli-context',
  agent: 'kimi-cli',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise: ({ records }) => (records.some(isOwnRecord) ? 'certain' : 'no'),
  read(emit) {
    emit({ kind: 'session', line: 1 });
    return {
      take(piece, line) {
        const message = object(piece);
        if (!message) return;
        const place = { line, at: undefined };
        if (message.role === '_system_prompt') {
          emit({ ...place, kind: 'message', role: 'system', text: text(message.content) ?? '' });
          return;
        }
        // Checkpoints, reminders and notices stand in the user's turn, in this element.
        const injected = /^\s*<(?:system|system-reminder|notification)[ >]/.test(
          resultText(message.content).slice(0, 200),
        );
        emitChatMessage(message, place, injected ? 'context' : 'prompt', emit);
      },
      end() {},
    };
  },
};

function isOwnRecord(value: unknown): boolean {
  const record = object(value);
  return (
    (record?.role === '_system_prompt' && text(record.content) !== undefined) ||
    (record?.role === '_usage' && count(record.token_count) !== undefined) ||
    (record?.role === '_checkpoint' && count(record.id) !== undefined)
  );
}
