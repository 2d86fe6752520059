import type { TranscriptFormat } from '../format.ts';
import { array, at, has, label, object } from '../json.ts';
import { sessionTime } from '../time.ts';
import { geminiMessages, isGeminiMessage } from './gemini-message.ts';

/**
 * Gemini CLI's session files up to version 0.39: `~/.gemini/tmp/<project>/chats/session-*.json`, one object with all
 * messages. `lastUpdated` is when the file was written, not when something was said.
 * https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/services/chatRecordingTypes.ts
 */
export const geminiCli: TranscriptFormat = {
  id: 'gemini-cli',
  agent: 'gemini-cli',
  version: 1,
  unit: 'document',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ document }) {
    const messages = array(at(document, 'messages'));
    if (!messages || !has(document, 'sessionId')) return 'no';
    const known = messages.slice(0, 20).filter(isGeminiMessage).length;
    if (has(document, 'projectHash', 'startTime') && (known > 0 || messages.length === 0)) return 'certain';
    const answers = messages.slice(0, 20).some((message) => at(message, 'type') === 'gemini');
    return known > 0 && answers ? 'likely' : 'no';
  },
  read(emit) {
    const readMessage = geminiMessages(emit);
    return {
      take(piece, line) {
        const session = object(piece);
        if (!session) return;
        const id = label(session.sessionId);
        const subagent = session.kind === 'subagent' ? (id ?? 'subagent') : undefined;
        emit({ kind: 'session', line, subagent, at: sessionTime(session.startTime), id });
        for (const message of array(session.messages) ?? []) readMessage(message, { line, subagent });
      },
      end() {},
    };
  },
};
