import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, has, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitPart, opencodeTokens } from './opencode-part.ts';

/**
 * What `opencode export` prints: one object, `{info, messages}`. A line `Exporting session: …` may stand before it.
 * https://github.com/anomalyco/opencode/blob/dev/packages/opencode/src/cli/cmd/export.ts
 */
export const opencodeExport: TranscriptFormat = {
  id: 'opencode',
  agent: 'opencode',
  version: 1,
  unit: 'document',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise({ document }) {
    const messages = array(at(document, 'messages'));
    if (!messages) return 'no';
    const shaped = messages.slice(0, 20).some(isMessage);
    if (isSessionId(at(document, 'info', 'id')))
      return shaped || messages.length === 0 ? 'certain' : 'likely';
    const own = messages.slice(0, 20).some((message) => isSessionId(at(message, 'info', 'sessionID')));
    return shaped && own ? 'likely' : 'no';
  },
  read: (emit) => ({ take: (piece, line) => readSession(piece, line, emit), end() {} }),
};

function isSessionId(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('ses_');
}

function isMessage(message: unknown): boolean {
  return has(at(message, 'info'), 'role') && array(at(message, 'parts')) !== undefined;
}

function readSession(piece: unknown, line: number, emit: Emit): void {
  const info = object(at(piece, 'info'));
  const messages = array(at(piece, 'messages')) ?? [];
  const id = label(info?.id) ?? label(at(messages[0], 'info', 'sessionID'));
  // A subagent's session names the one it was started from.
  const subagent = label(info?.parentID) === undefined ? undefined : id;
  const when = sessionTime(at(info, 'time', 'created'));
  emit({ kind: 'session', line, at: when, subagent, id, agentVersion: label(info?.version) });
  for (const message of messages) readMessage(message, { line, subagent }, emit);
}

interface Place {
  line: number;
  subagent: string | undefined;
}

/** What OpenCode writes into a user's message after `!` input was run. */
const shellNote = /^The following tool was executed by the user/;

function readMessage(message: unknown, session: Place, emit: Emit): void {
  const info = object(at(message, 'info'));
  const role = info?.role;
  if (!info || (role !== 'user' && role !== 'assistant')) return;
  const id = label(info.id);
  const place = { ...session, at: sessionTime(at(info.time, 'created')) };
  const parts = array(at(message, 'parts')) ?? [];
  const texts = parts.filter((part) => at(part, 'type') === 'text');
  const parentId = label(info.parentID);
  const model = role === 'assistant' ? label(info.modelID) : undefined;
  const spoken = (words: string, purpose: 'prompt' | 'command' | 'context') =>
    role === 'user'
      ? emit({ ...place, kind: 'message', role, purpose, id, parentId, text: words })
      : emit({ ...place, kind: 'message', role, id, parentId, model, text: words });

  // A message without text is one all the same; one that only holds what the agent put in was not typed.
  if (texts.length === 0) spoken('', parts.some(isCompaction) ? 'context' : 'prompt');
  for (const part of parts) {
    if (at(part, 'type') !== 'text') emitPart(part, { ...place, messageId: id }, emit);
    else {
      const words = text(at(part, 'text')) ?? '';
      const added = at(part, 'synthetic') === true;
      spoken(words, added ? (shellNote.test(words.slice(0, 60)) ? 'command' : 'context') : 'prompt');
    }
  }
  readEnd(info, { ...place, messageId: id }, emit);
}

function isCompaction(part: unknown): boolean {
  return at(part, 'type') === 'compaction';
}

interface EndPlace extends Place {
  at: string | undefined;
  messageId: string | undefined;
}

function readEnd(info: Readonly<Record<string, unknown>>, place: EndPlace, emit: Emit): void {
  const { messageId, ...where } = place;
  const tokens = info.role === 'assistant' ? opencodeTokens(info.tokens) : undefined;
  if (tokens) emit({ ...where, kind: 'usage', messageId, ...tokens, counts: 'sum' });
  const error = text(at(info.error, 'data', 'message')) ?? text(at(info.error, 'name'));
  if (error !== undefined) emit({ ...where, kind: 'message', role: 'system', text: error });
  const completed = sessionTime(at(info.time, 'completed'));
  if (completed !== undefined) emit({ ...where, kind: 'time', at: completed });
}
