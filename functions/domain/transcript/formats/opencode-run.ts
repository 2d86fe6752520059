import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { at, has, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitPart, opencodeTokens } from './opencode-part.ts';

/**
 * What `opencode run --format json` prints: an event a line. The prompt is not among them, thinking only where
 * `--thinking` was given, and no model.
 * https://github.com/anomalyco/opencode/blob/dev/packages/opencode/src/cli/cmd/run.ts
 */
export const opencodeRun: TranscriptFormat = {
  id: 'opencode-run',
  agent: 'opencode',
  version: 1,
  unit: 'record',
  tells: ['answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    return records.some((record) => isEvent(record) && has(at(record, 'part'), 'type', 'messageID'))
      ? 'certain'
      : 'no';
  },
  read: (emit) => eventReader(emit),
};

function isEvent(record: unknown): boolean {
  return text(at(record, 'sessionID'))?.startsWith('ses_') === true && has(record, 'type', 'timestamp');
}

function eventReader(emit: Emit) {
  let session: string | undefined;
  let message: string | undefined;
  return {
    take(piece: unknown, line: number) {
      if (!isEvent(piece)) return;
      const event = object(piece);
      const place = { line, at: sessionTime(event?.timestamp) };
      const id = label(event?.sessionID);
      if (id !== session) emit({ ...place, kind: 'session', id });
      session = id;
      const part = object(event?.part);
      const messageId = label(part?.messageID);
      const words = part?.type === 'text' ? text(part.text) : undefined;
      if (messageId !== undefined && (messageId !== message || words !== undefined)) {
        // Every message that has a part is one, though all it does is call a tool.
        emit({ ...place, kind: 'message', role: 'assistant', id: messageId, text: words ?? '' });
        message = messageId;
      }
      if (part) emitPart(part, { ...place, messageId }, emit);
      const tokens = part?.type === 'step-finish' ? opencodeTokens(part.tokens) : undefined;
      if (tokens) emit({ ...place, kind: 'usage', ...tokens, counts: 'sum' });
      const error = text(at(event?.error, 'data', 'message')) ?? text(at(event?.error, 'name'));
      if (error !== undefined) emit({ ...place, kind: 'message', role: 'system', text: error });
      emit({ ...place, kind: 'time' });
    },
    end() {},
  };
}
