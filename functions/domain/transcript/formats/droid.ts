import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { anthropicUsage, blockText, emitBlocks, emitResults } from './anthropic-blocks.ts';
import { withoutReminders } from './droid-reminders.ts';
import { messageTree } from './message-tree.ts';

/**
 * Droid's own files: `~/.factory/sessions/<folder>/<id>.jsonl`, a `session_start` and then messages in Anthropic's shape.
 * Model and token totals stand in a settings file beside it. Not documented by its maker; keys as in
 * https://github.com/jazzyalex/agent-sessions `Resources/Fixtures/stage0/agents/droid`
 */
export const droid: TranscriptFormat = {
  id: 'droid',
  agent: 'droid',
  version: 2,
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
  read: readEntries,
};

function isMessage(record: unknown): boolean {
  return at(record, 'type') === 'message' && has(at(record, 'message'), 'role', 'content');
}

function readEntries(emit: Emit): TranscriptReader {
  const parentOf = messageTree();
  return {
    take(piece, line) {
      const record = object(piece);
      if (!record) return;
      const place = { line, at: sessionTime(record.timestamp) };
      const told = record.type === 'message' ? object(record.message) : undefined;
      // What only the model is shown is marked on the message, or on the line.
      const message: JsonObject | undefined = told && { visibility: record.visibility, ...told };
      const id = label(record.id);
      const role = speaker(message);
      const parentId = parentOf(id, label(record.parentId), role === undefined ? undefined : id);
      if (record.type === 'session_start') {
        // Older files have the format's number here, not the program's version.
        emit({ ...place, kind: 'session', id, agentVersion: label(record.version) });
      } else if (message && role === 'assistant') readAnswer(message, { ...place, id, parentId }, emit);
      else if (message && message.role === 'user') readUser(message, { ...place, id, parentId }, emit);
      else if (role === 'system') {
        const spoken = blockText(message?.content);
        emit({ ...place, kind: 'message', role, id, parentId, text: spoken });
      } else if (record.type === 'compaction_state') {
        emit({ ...place, kind: 'compaction', text: text(record.summaryText) ?? text(record.summary) ?? '' });
      } else if (place.at !== undefined) emit({ ...place, kind: 'time' });
    },
    end() {},
  };
}

interface Place {
  line: number;
  at: string | undefined;
  id: string | undefined;
  parentId: string | undefined;
}

/** Who says something in a message; nobody in one that only brings the results of tools. */
function speaker(message: JsonObject | undefined): 'user' | 'assistant' | 'system' | undefined {
  const role = message?.role;
  if (role === 'assistant' || role === 'system') return role;
  return role === 'user' && (!answersTool(message) || typedParts(message).length > 0) ? role : undefined;
}

function answersTool(message: JsonObject | undefined): boolean {
  return array(message?.content)?.some((block) => at(block, 'type') === 'tool_result') ?? false;
}

function typedParts(message: JsonObject | undefined): string[] {
  return textParts(message)
    .map(withoutReminders)
    .filter((part) => part !== '');
}

function textParts(message: JsonObject | undefined): string[] {
  const blocks = array(message?.content);
  if (!blocks) return [text(message?.content) ?? ''];
  return blocks.flatMap((block) => (at(block, 'type') === 'text' ? (text(at(block, 'text')) ?? []) : []));
}

function readAnswer(message: JsonObject, { id, parentId, ...place }: Place, emit: Emit): void {
  const model = label(message.model);
  const spoken = blockText(message.content);
  emit({ ...place, kind: 'message', role: 'assistant', id, parentId, model, text: spoken });
  emitBlocks(message.content, { ...place, messageId: id }, emit);
  const usage = anthropicUsage(message.usage);
  if (usage) emit({ ...place, kind: 'usage', messageId: id, ...usage, counts: 'sum' });
}

function readUser(message: JsonObject, { id, parentId, ...place }: Place, emit: Emit): void {
  emitResults(message.content, place, emit);
  if (speaker(message) !== undefined) {
    const typed = typedParts(message);
    const images = array(message.content)?.some((block) => at(block, 'type') === 'image') ?? false;
    const shown = message.visibility !== 'llm_only';
    const prompt = shown && !answersTool(message) && (typed.length > 0 || images);
    const purpose = prompt ? 'prompt' : 'context';
    const spoken = (prompt ? typed : textParts(message)).join('\n');
    emit({ ...place, kind: 'message', role: 'user', purpose, id, parentId, text: spoken });
  }
  emitBlocks(message.content, { ...place, messageId: id }, emit);
}
