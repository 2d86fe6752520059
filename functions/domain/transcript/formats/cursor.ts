import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, has, object, text } from '../json.ts';
import { blockText, emitBlocks } from './anthropic-blocks.ts';

/**
 * Cursor's agent transcripts: `~/.cursor/projects/<project>/agent-transcripts/<id>/<id>.jsonl`. A line has a role and
 * content blocks and nothing else: no times, ids, models or tokens, and no results of tools.
 * Not documented by its maker; the keys are those of real files.
 */
export const cursor: TranscriptFormat = {
  id: 'cursor',
  agent: 'cursor',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls'],
  recognise({ records, document }) {
    if (!records.some(isBare)) return 'no';
    if (records.some((record) => isBare(record) && said(record).includes(opening))) return 'certain';
    if (Array.isArray(document)) return 'no';
    return records.every(isBare) && records.length > 1 ? 'likely' : 'no';
  },
  read(emit) {
    emit({ kind: 'session', line: 1 });
    return { take: (piece, line) => readLine(piece, line, emit), end() {} };
  },
};

const opening = '<user_query>';
const closing = '</user_query>';

/** A role beside a message that has none itself, around typed blocks. */
function isBare(record: unknown): boolean {
  const role = at(record, 'role');
  const content = array(at(record, 'message', 'content'));
  return (
    (role === 'user' || role === 'assistant') &&
    content !== undefined &&
    content.length > 0 &&
    content.every((block) => text(at(block, 'type')) !== undefined) &&
    !['type', 'id', 'uuid', 'sessionId', 'timestamp'].some((key) => has(record, key)) &&
    at(record, 'message', 'role') === undefined
  );
}

function said(record: unknown): string {
  return blockText(at(record, 'message', 'content'));
}

function readLine(piece: unknown, line: number, emit: Emit): void {
  const record = object(piece);
  const content = at(record, 'message', 'content');
  const words = blockText(content);
  if (record?.role === 'user' && words !== '') readUser(words, line, emit);
  if (record?.role !== 'assistant' || content === undefined) return;
  const { spoken, redacted } = withoutMark(words);
  emit({ kind: 'message', line, role: 'assistant', text: spoken });
  if (redacted) emit({ kind: 'thinking', line, text: mark });
  emitBlocks(content, { line, at: undefined, messageId: undefined }, emit);
}

/** What was typed stands in one element; the rest of the text is what Cursor attached to it. */
function readUser(words: string, line: number, emit: Emit): void {
  const start = words.indexOf(opening);
  const end = start < 0 ? -1 : words.indexOf(closing, start);
  const typed = start < 0 ? words : words.slice(start + opening.length, end < 0 ? undefined : end);
  const attached =
    start < 0 ? '' : words.slice(0, start) + (end < 0 ? '' : words.slice(end + closing.length));
  if (attached.trim() !== '')
    emit({ kind: 'message', line, role: 'user', purpose: 'context', text: attached.trim() });
  emit({ kind: 'message', line, role: 'user', purpose: 'prompt', text: typed.trim() });
}

/** Cursor writes this where the model thought, alone or after its words. */
const mark = '[REDACTED]';

function withoutMark(words: string): { spoken: string; redacted: boolean } {
  const spoken = words.trimEnd();
  if (spoken !== mark && !spoken.endsWith(`\n${mark}`)) return { spoken: words, redacted: false };
  return { spoken: spoken.slice(0, -mark.length).trimEnd(), redacted: true };
}
