import type { Emit } from '../event.ts';
import { array, at, count, label, object, text } from '../json.ts';

/** Where a message's blocks stand, and the message they are part of. */
interface BlockPlace {
  line: number;
  at: string | undefined;
  subagent?: string | undefined;
  messageId: string | undefined;
}

/**
 * Emits the thinking, tool calls, images and documents among the content blocks of a message in Anthropic's shape:
 * https://docs.claude.com/en/api/messages
 */
export function emitBlocks(content: unknown, place: BlockPlace, emit: Emit): void {
  for (const block of array(content) ?? []) {
    const type = at(block, 'type');
    if (type === 'thinking' || type === 'redacted_thinking') {
      emit({ ...place, kind: 'thinking', text: text(at(block, 'thinking')) ?? '' });
    } else if (type === 'tool_use' || type === 'server_tool_use') {
      const name = label(at(block, 'name')) ?? 'unknown';
      emit({ ...place, kind: 'tool_call', id: label(at(block, 'id')), name, input: at(block, 'input') });
    } else if (type === 'image' || type === 'document') {
      emit({ ...place, kind: 'attachment', mediaType: label(at(block, 'source', 'media_type')) ?? null });
    }
  }
}

/** Emits the tool results among the content blocks of a message, each with the images in it. */
export function emitResults(content: unknown, place: Omit<BlockPlace, 'messageId'>, emit: Emit): void {
  for (const block of array(content) ?? []) {
    if (at(block, 'type') !== 'tool_result') continue;
    const failed = at(block, 'is_error');
    emit({
      ...place,
      kind: 'tool_result',
      callId: label(at(block, 'tool_use_id')),
      text: resultText(at(block, 'content')),
      failed: typeof failed === 'boolean' ? failed : null,
    });
    emitBlocks(at(block, 'content'), { ...place, messageId: undefined }, emit);
  }
}

/** The text of a tool's result: plain, or its text blocks. */
export function resultText(content: unknown): string {
  const plain = text(content);
  if (plain !== undefined) return plain;
  return (array(content) ?? []).flatMap((block) => text(at(block, 'text')) ?? []).join('\n');
}

/** What a message says: plain text, or its text blocks. */
export function blockText(content: unknown): string {
  const plain = text(content);
  if (plain !== undefined) return plain;
  return (array(content) ?? [])
    .flatMap((block) => (at(block, 'type') === 'text' ? (text(at(block, 'text')) ?? []) : []))
    .join('\n');
}

/** Tokens of one answer, those read from and written to the cache among the read ones; undefined without usage. */
export function anthropicUsage(value: unknown): { input: number | null; output: number | null } | undefined {
  const usage = object(value);
  if (!usage) return undefined;
  const parts = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].map((key) =>
    count(usage[key]),
  );
  const known = parts.filter((part) => part !== undefined);
  const input = known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0);
  return { input, output: count(usage.output_tokens) ?? null };
}
