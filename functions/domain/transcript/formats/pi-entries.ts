import type { Emit } from '../event.ts';
import type { TranscriptReader } from '../format.ts';
import { array, at, count, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime, timeOrder } from '../time.ts';
import { blockText, resultText } from './anthropic-blocks.ts';
import { messageTree } from './message-tree.ts';

interface Place {
  line: number;
  at: string | undefined;
}

/** The entry of a message, and what it answers. */
interface Ids {
  id: string | undefined;
  parentId: string | undefined;
}

/**
 * Reads pi's header and entries. An export writes its own time into the header, so that one holds only when nothing in
 * the session is earlier. OpenClaw shows itself by a provider, an entry or a folder of its name.
 */
export function piEntries(emit: Emit): TranscriptReader {
  let header: { line: number; id: string | undefined; time: string | undefined } | undefined;
  let earliest: string | undefined;
  let model: string | undefined;
  let agent: 'pi' | 'openclaw' = 'pi';
  let parentOf = messageTree();
  let told = false;
  const tell: Emit = (event) => {
    told = true;
    emit(event);
  };

  const endSession = () => {
    if (!header && earliest === undefined) return;
    const { line, id, time } = header ?? { line: 1, id: undefined, time: undefined };
    const began = time !== undefined && (earliest === undefined || timeOrder(time) <= timeOrder(earliest));
    emit({ kind: 'session', line, id, agent, at: began ? time : undefined });
  };

  return {
    take(piece, line) {
      const record = object(piece);
      if (!record) return;
      if (isOpenClaw(record)) agent = 'openclaw';
      if (record.type === 'session') {
        endSession();
        earliest = undefined;
        parentOf = messageTree();
        model = label(record.modelId);
        header = { line, id: label(record.id), time: sessionTime(record.timestamp) };
        emit({ kind: 'session', line, id: header.id });
        return;
      }
      const time = sessionTime(record.timestamp) ?? sessionTime(at(record, 'message', 'timestamp'));
      const place = { line, at: time };
      if (time !== undefined && (earliest === undefined || timeOrder(time) < timeOrder(earliest)))
        earliest = time;
      told = false;
      if (record.type === 'model_change') model = label(record.modelId) ?? model;
      const message = object(record.message);
      const id = label(record.id);
      const ids = { id, parentId: parentOf(id, label(record.parentId), isSpoken(record) ? id : undefined) };
      if (record.type === 'message' && message) readMessage(message, ids, place, model, tell);
      else readEntry(record, ids, place, tell);
      if (!told && time !== undefined) emit({ ...place, kind: 'time' });
    },
    end: endSession,
  };
}

function isOpenClaw(record: JsonObject): boolean {
  return (
    label(record.provider)?.startsWith('openclaw') === true ||
    label(record.customType)?.startsWith('openclaw') === true ||
    (record.type === 'session' && /[\\/]\.openclaw(?:[\\/]|$)/.test(text(record.cwd)?.slice(0, 1000) ?? ''))
  );
}

/** Whether an entry is a message; the others in the tree are results, settings and marks. */
function isSpoken(entry: JsonObject): boolean {
  if (entry.type === 'message') {
    return object(entry.message) !== undefined && at(entry.message, 'role') !== 'toolResult';
  }
  return entry.type === 'branch_summary' || entry.type === 'custom_message';
}

function readEntry(entry: JsonObject, ids: Ids, place: Place, emit: Emit): void {
  if (entry.type === 'compaction') emit({ ...place, kind: 'compaction', text: text(entry.summary) ?? '' });
  else if (entry.type === 'branch_summary' || entry.type === 'custom_message') {
    const spoken = text(entry.summary) ?? blockText(entry.content);
    emit({ ...place, ...ids, kind: 'message', role: 'user', purpose: 'context', text: spoken });
    emitImages(entry.content, { ...place, messageId: ids.id }, emit);
  }
}

function readMessage(
  message: JsonObject,
  ids: Ids,
  place: Place,
  chosen: string | undefined,
  emit: Emit,
): void {
  const spoken = blockText(message.content);
  if (message.role === 'user') {
    emit({ ...place, ...ids, kind: 'message', role: 'user', purpose: 'prompt', text: spoken });
    emitImages(message.content, { ...place, messageId: ids.id }, emit);
    // Version 1 has them beside the text.
    for (const file of array(message.attachments) ?? []) {
      const mediaType = label(at(file, 'mimeType')) ?? null;
      emit({ ...place, kind: 'attachment', messageId: ids.id, mediaType });
    }
  } else if (message.role === 'assistant') readAnswer(message, ids, place, chosen, emit);
  else if (message.role === 'toolResult') {
    const failed = typeof message.isError === 'boolean' ? message.isError : null;
    const callId = label(message.toolCallId);
    emit({ ...place, kind: 'tool_result', callId, text: resultText(message.content), failed });
    emitImages(message.content, { ...place, messageId: undefined }, emit);
  } else if (message.role === 'bashExecution') {
    const typed = `!${text(message.command) ?? ''}`;
    emit({ ...place, ...ids, kind: 'message', role: 'user', purpose: 'command', text: typed });
    const output = text(message.output) ?? '';
    emit({ ...place, parentId: ids.id, kind: 'message', role: 'user', purpose: 'context', text: output });
  } else {
    const summary = text(message.summary) ?? spoken;
    emit({ ...place, ...ids, kind: 'message', role: 'user', purpose: 'context', text: summary });
    emitImages(message.content, { ...place, messageId: ids.id }, emit);
  }
}

function readAnswer(
  message: JsonObject,
  ids: Ids,
  place: Place,
  chosen: string | undefined,
  emit: Emit,
): void {
  const messageId = ids.id;
  const model = label(message.model) ?? chosen;
  const spoken = blockText(message.content);
  emit({ ...place, ...ids, kind: 'message', role: 'assistant', model, text: spoken });
  for (const block of array(message.content) ?? []) {
    const type = at(block, 'type');
    if (type === 'thinking') {
      emit({ ...place, kind: 'thinking', messageId, text: text(at(block, 'thinking')) ?? '' });
    } else if (type === 'toolCall') {
      const name = label(at(block, 'name')) ?? 'unknown';
      const input = at(block, 'arguments');
      emit({ ...place, kind: 'tool_call', id: label(at(block, 'id')), name, messageId, input });
    }
  }
  emitImages(message.content, { ...place, messageId }, emit);
  readUsage(message, messageId, place, emit);
  const failure = text(message.errorMessage);
  if (failure !== undefined && failure !== '')
    emit({ ...place, kind: 'message', role: 'system', text: failure });
}

function emitImages(content: unknown, place: Place & { messageId: string | undefined }, emit: Emit): void {
  for (const block of array(content) ?? []) {
    if (at(block, 'type') !== 'image') continue;
    const mediaType = label(at(block, 'mimeType')) ?? label(at(block, 'source', 'mediaType')) ?? null;
    emit({ ...place, kind: 'attachment', mediaType });
  }
}

function readUsage(message: JsonObject, messageId: string | undefined, place: Place, emit: Emit): void {
  const usage = object(message.usage);
  if (!usage) return;
  const parts = [usage.input, usage.cacheRead, usage.cacheWrite].flatMap((part) => count(part) ?? []);
  const input = parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0);
  emit({ ...place, kind: 'usage', messageId, input, output: count(usage.output) ?? null, counts: 'sum' });
}
