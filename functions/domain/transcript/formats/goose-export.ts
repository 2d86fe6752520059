import type { TranscriptFormat } from '../format.ts';
import { array, at, has, label, object } from '../json.ts';
import { sessionTime } from '../time.ts';
import { readGooseMessage, readGooseTotals } from './goose-message.ts';

/**
 * What `goose session export` writes since sessions are in a database: the session as one JSON object.
 * https://github.com/block/goose/blob/main/crates/goose/src/session/session_manager.rs
 */
export const gooseExport: TranscriptFormat = {
  id: 'goose-export',
  agent: 'goose',
  version: 1,
  unit: 'document',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ document }) {
    if (!has(document, 'working_dir', 'conversation')) return 'no';
    const own = ['message_count', 'extension_data', 'session_type'].filter((key) => has(document, key));
    return own.length > 1 ? 'certain' : own.length > 0 ? 'likely' : 'no';
  },
  read: (emit) => ({
    take(piece, line) {
      const session = object(piece);
      if (!session) return;
      const id = label(session.id);
      const subagent = session.session_type === 'sub_agent' ? (id ?? 'sub_agent') : undefined;
      emit({ kind: 'session', line, at: sessionTime(session.created_at), id, subagent });
      const model = label(at(session.model_config, 'model_name'));
      if (model !== undefined) emit({ kind: 'model', line, model });
      const conversation = array(session.conversation) ?? array(at(session.conversation, 'messages')) ?? [];
      for (const message of conversation) readGooseMessage(message, line, subagent, emit);
      readGooseTotals(session, line, emit);
      const ended = sessionTime(session.updated_at);
      if (ended !== undefined) emit({ kind: 'time', line, at: ended });
    },
    end() {},
  }),
};
