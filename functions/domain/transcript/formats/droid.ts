import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { anthropicUsage, blockText, emitBlocks, emitResults } from './anthropic-blocks.ts';
import { withoutReminders } from './droid-reminders.ts';

/**
 * Droid's own files: `~/.factory/sessions/<folder>/<id>.jsonl`, a `session_start` and then messages in Anthropic's shape.
 * Model and token totals stand in a settings file beside it. Not documented by its maker; keys as in
 * https://github.com/jazzyalex/agent-sessions `Resources/Fixtures/stage0/agents/droid`
 */
export const droid: TranscriptFormat = {
  id: 'droid',
  agent: 'droid',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ records }) {
    const start = records.find(
      (record) => at(record, 'type') === 'session_start' && label(at(record, 'id')) !== undefined,
    );
    if (start === undefined) return 'no';
    if (has(start, 'sessionTitle') || has(start, 'owner') || has(start, 'title', 'cwd')) return 'certain';
    return records.some(isMessage) ? 'likely' : 'no';
  },
  read: (emit) => ({ take: (piece, line) => readEntry(piece, line, emit), end() {} }),
};

function isMessage(record: unknown): boolean {
  return at(record, 'type') === 'message' && has(at(record, 'message'), 'role', 'content');
}

function readEntry(piece: unknown, line: number, emit: Emit): void {
  const record = object(piece);
  if (!record) return;
  const place = { line, at: sessionTime(record.timestamp) };
  const message = object(record.message);
  if (record.type === 'session_start') {
    // Older files have the format's number here, not the program's version.
    emit({ ...place, kind: 'session', id: label(record.id), agentVersion: label(record.version) });
  } else if (record.type === 'message' && message) readMessage(record, message, place, emit);
  else if (record.type === 'compaction_state') {
    emit({ ...place, kind: 'compaction', text: text(record.summaryText) ?? text(record.summary) ?? '' });
  } else if (place.at !== undefined) emit({ ...place, kind: 'time' });
}

interface Place {
  line: number;
  at: string | undefined;
}

function readMessage(record: JsonObject, message: JsonObject, place: Place, emit: Emit): void {
  const id = label(record.id);
  const parentId = label(record.parentId);
  if (message.role === 'assistant') {
    const model = label(message.model);
    const spoken = blockText(message.content);
    emit({ ...place, kind: 'message', role: 'assistant', id, parentId, model, text: spoken });
    emitBlocks(message.content, { ...place, messageId: id }, emit);
    const usage = anthropicUsage(message.usage);
    if (usage) emit({ ...place, kind: 'usage', messageId: id, ...usage, counts: 'sum' });
    return;
  }
  if (message.role !== 'user') return;
  emitResults(message.content, place, emit);
  const blocks = array(message.content);
  const answersTool = blocks?.some((block) => at(block, 'type') === 'tool_result') ?? false;
  const parts = blocks
    ? blocks.flatMap((block) => (at(block, 'type') === 'text' ? (text(at(block, 'text')) ?? []) : []))
    : [text(message.content) ?? ''];
  const typed = parts.map(withoutReminders).filter((part) => part !== '');
  const images = blocks?.some((block) => at(block, 'type') === 'image') ?? false;
  if (answersTool ? typed.length > 0 : true) {
    const prompt = !answersTool && (typed.length > 0 || images);
    const purpose = prompt ? 'prompt' : 'context';
    const spoken = (prompt ? typed : parts).join('\n');
    emit({ ...place, kind: 'message', role: 'user', purpose, id, parentId, text: spoken });
  }
  emitBlocks(message.content, { ...place, messageId: id }, emit);
}
