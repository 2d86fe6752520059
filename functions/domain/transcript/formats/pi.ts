import type { TranscriptFormat } from '../format.ts';
import { array, at, has, label, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { piEntries } from './pi-entries.ts';

/**
 * Sessions of pi and of OpenClaw, which is built on it: `~/.pi/agent/sessions/<folder>/<time>_<id>.jsonl`, a header and
 * then a tree of entries (version 1: a list without ids).
 * https://github.com/badlogic/pi-mono `packages/coding-agent/docs/session.md`
 */
export const pi: TranscriptFormat = {
  id: 'pi',
  agent: null,
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ records }) {
    if (records.some(isHeader) && (records.length === 1 || records.some(isKnown))) return 'certain';
    return records.some(isEntry) ? 'likely' : 'no';
  },
  read: piEntries,
};

function isHeader(record: unknown): boolean {
  return (
    at(record, 'type') === 'session' &&
    label(at(record, 'id')) !== undefined &&
    text(at(record, 'cwd')) !== undefined &&
    sessionTime(at(record, 'timestamp')) !== undefined
  );
}

/** Whether a line is of a type pi has; other programs begin their logs with a session, too. */
function isKnown(record: unknown): boolean {
  return entryTypes.has(text(at(record, 'type')) ?? '');
}

const entryTypes = new Set([
  'message',
  'model_change',
  'thinking_level_change',
  'compaction',
  'branch_summary',
  'custom',
  'custom_message',
  'label',
  'session_info',
]);

/** An entry only pi writes so, for a file that lost its header. */
function isEntry(record: unknown): boolean {
  if (at(record, 'type') !== 'message' || !has(record, 'timestamp')) return false;
  const message = at(record, 'message');
  if (at(message, 'role') === 'toolResult') return has(message, 'toolCallId');
  return (
    at(message, 'role') === 'assistant' &&
    (has(at(message, 'usage'), 'cacheRead', 'cacheWrite') ||
      array(at(message, 'content'))?.some((block) => at(block, 'type') === 'toolCall') === true)
  );
}
