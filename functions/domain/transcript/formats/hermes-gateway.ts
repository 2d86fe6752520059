import type { TranscriptFormat } from '../format.ts';
import { array, at, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitHermesMessage } from './hermes.ts';

/**
 * Transcripts of Hermes' gateway to chat platforms: a `session_meta` line with the tools, then a message a line.
 * https://github.com/NousResearch/hermes-agent/blob/main/gateway/run.py
 */
export const hermesGateway: TranscriptFormat = {
  id: 'hermes-gateway',
  agent: 'hermes',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise: ({ records }) => (records.some(isHeader) ? 'certain' : 'no'),
  read: (emit) => ({
    take(piece, line) {
      const message = object(piece);
      if (!message) return;
      if (message.role !== 'session_meta') {
        emitHermesMessage(message, line, emit);
        return;
      }
      emit({ line, at: sessionTime(message.timestamp), kind: 'session' });
      const model = label(message.model);
      if (model !== undefined) emit({ line, kind: 'model', model });
    },
    end() {},
  }),
};

function isHeader(record: unknown): boolean {
  return (
    at(record, 'role') === 'session_meta' &&
    array(at(record, 'tools')) !== undefined &&
    text(at(record, 'platform')) !== undefined
  );
}
