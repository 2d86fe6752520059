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
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ records }) {
    if (records.some(isHeader)) return 'certain';
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
