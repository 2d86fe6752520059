import type { TranscriptFormat } from '../format.ts';
import { array, at, has, label } from '../json.ts';
import { isGooseMessage, readGooseMessage, readGooseTotals } from './goose-message.ts';

/**
 * Goose's session files until it moved to a database: `~/.local/share/goose/sessions/<time>.jsonl`, a header and then a
 * message a line. The header names no model, and the id of the session is the file's name alone.
 * https://github.com/block/goose, `crates/goose/src/session/storage.rs` of its releases of 2025
 */
export const goose: TranscriptFormat = {
  id: 'goose',
  agent: 'goose',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    if (records.some((record) => isHeader(record) && has(record, 'working_dir'))) return 'certain';
    const messages = records.filter(isGooseMessage);
    return messages.some(hasCall) || (messages.length > 0 && records.some(isHeader)) ? 'likely' : 'no';
  },
  read: (emit) => ({
    take(piece, line) {
      if (isHeader(piece)) {
        emit({ kind: 'session', line, id: label(at(piece, 'id')) });
        readGooseTotals(piece, line, emit);
      } else readGooseMessage(piece, line, undefined, emit);
    },
    end() {},
  }),
};

function isHeader(record: unknown): boolean {
  return has(record, 'description', 'message_count') && !has(record, 'conversation');
}

function hasCall(message: unknown): boolean {
  return (array(at(message, 'content')) ?? []).some((block) => has(block, 'toolCall'));
}
