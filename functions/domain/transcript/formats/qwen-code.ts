import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitParts, type PartPlace, partsOf, partTexts } from './google-parts.ts';

/**
 * Qwen Code's session files: `~/.qwen/projects/<folder>/chats/<session id>.jsonl`. The envelope is Claude Code's, the
 * messages are Google's. Branches a rewind left behind are in the file, and are read.
 * https://github.com/QwenLM/qwen-code/blob/main/packages/core/src/services/chatRecordingService.ts
 */
export const qwenCode: TranscriptFormat = {
  id: 'qwen-code',
  agent: 'qwen-code',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise({ records }) {
    const enveloped = records.filter((record) => has(record, 'uuid', 'sessionId', 'type'));
    if (enveloped.some((record) => array(at(record, 'message', 'parts')) && isKnown(record)))
      return 'certain';
    return enveloped.some(
      (record) => at(record, 'type') === 'system' && has(record, 'subtype', 'systemPayload'),
    )
      ? 'likely'
      : 'no';
  },
  read: (emit) => ({ take: (piece, line) => readRecord(piece, line, emit), end() {} }),
};

function isKnown(record: unknown): boolean {
  const type = at(record, 'type');
  return type === 'user' || type === 'assistant' || type === 'tool_result' || type === 'system';
}

interface Place extends PartPlace {
  id: string | undefined;
  parentId: string | undefined;
}

function readRecord(piece: unknown, line: number, emit: Emit): void {
  const record = object(piece);
  if (!record) return;
  const when = sessionTime(record.timestamp);
  const subagent = label(record.agentId) ?? (record.isSidechain === true ? 'sidechain' : undefined);
  const session = { id: label(record.sessionId), agentVersion: label(record.version) };
  emit({ kind: 'session', line, at: when, subagent, ...session });
  const id = label(record.uuid);
  const place = { line, at: when, subagent, id, parentId: label(record.parentUuid) };
  const parts = partsOf(at(record, 'message', 'parts'));
  if (record.type === 'assistant') readAnswer(record, parts, place, emit);
  else if (record.type === 'user') readUser(record, parts, place, emit);
  else if (record.type === 'tool_result') readResults(record, parts, place, emit);
  else if (record.type === 'system') readSystem(record, place, emit);
}

function readAnswer(record: JsonObject, parts: readonly unknown[], place: Place, emit: Emit): void {
  const words = partTexts(parts).join('');
  emit({ ...place, kind: 'message', role: 'assistant', model: label(record.model), text: words });
  emitParts(parts, partPlace(place), emit);
  const input = count(at(record.usageMetadata, 'promptTokenCount')) ?? null;
  const output = count(at(record.usageMetadata, 'candidatesTokenCount')) ?? null;
  if (input === null && output === null) return;
  emit({ ...partPlace(place), kind: 'usage', input, output, counts: 'sum' });
}

/** Records of type user that nobody typed have a subtype; of those, this one was typed while the agent was at work. */
const typedSubtype = 'mid_turn_user_message';
/** What a hook or the agent itself adds to a prompt, as parts of their own. */
const injected = /^\s*<(?:qwen:|system-reminder>)/;

function readUser(record: JsonObject, parts: readonly unknown[], place: Place, emit: Emit): void {
  if (parts.some((part) => has(part, 'functionResponse'))) {
    readResults(record, parts, place, emit);
    return;
  }
  const texts = partTexts(parts);
  const added = texts.filter((words) => injected.test(words.slice(0, 200)));
  const typed = texts.filter((words) => !injected.test(words.slice(0, 200)));
  for (const words of added)
    emit({ ...place, kind: 'message', role: 'user', purpose: 'context', text: words });
  if (typed.length > 0 || added.length === 0) {
    const purpose = record.subtype === undefined || record.subtype === typedSubtype ? 'prompt' : 'context';
    emit({ ...place, kind: 'message', role: 'user', purpose, text: typed.join('\n') });
  }
  emitParts(parts, partPlace(place), emit);
}

function readResults(record: JsonObject, parts: readonly unknown[], place: Place, emit: Emit): void {
  const status = at(record.toolCallResult, 'status');
  const failed = status === 'success' ? false : status === 'error' || status === 'cancelled' ? true : null;
  emitParts(parts, partPlace(place), (event) =>
    emit(event.kind === 'tool_result' ? { ...event, failed: failed ?? event.failed } : event),
  );
}

function readSystem(record: JsonObject, place: Place, emit: Emit): void {
  const payload = object(record.systemPayload);
  if (record.subtype === 'slash_command' && payload?.phase === 'invocation') {
    const words = text(payload.rawCommand) ?? '';
    emit({ ...place, kind: 'message', role: 'user', purpose: 'command', text: words });
  } else if (record.subtype === 'chat_compression') {
    const kept = array(payload?.compressedHistory)?.[0];
    const { line, at: when, subagent } = place;
    const words = partTexts(partsOf(at(kept, 'parts'))).join('');
    emit({ kind: 'compaction', line, at: when, subagent, text: words });
  }
}

function partPlace({ line, at: when, subagent, id }: Place): PartPlace {
  return { line, at: when, subagent, messageId: id };
}
