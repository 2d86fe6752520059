import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, count, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { blockText, emitBlocks, resultText } from './anthropic-blocks.ts';
import { jsonText } from './json-text.ts';

/**
 * A thread of Amp: one JSON object, its messages in Anthropic's blocks with Amp's own results of tools. `v` counts the
 * thread's changes and is no version of Amp. Older threads keep usage in a ledger beside the messages.
 * Not documented by its maker; the keys are those that readers of these files know.
 */
export const amp: TranscriptFormat = {
  id: 'amp',
  agent: 'amp',
  version: 2,
  unit: 'document',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ document }) {
    const thread = object(document);
    if (!thread || !label(thread.id)?.startsWith('T-') || !array(thread.messages)) return 'no';
    if (typeof thread.v === 'number' && sessionTime(thread.created) !== undefined) return 'certain';
    const own = object(thread.env)?.initial ?? thread.agentMode ?? thread.v;
    const trimmed = thread.created !== undefined && array(thread.messages)?.some(isMessage) === true;
    return own !== undefined || trimmed ? 'likely' : 'no';
  },
  read: (emit) => ({ take: (piece, line) => readThread(piece, line, emit), end() {} }),
};

function isMessage(message: unknown): boolean {
  const role = at(message, 'role');
  return (role === 'user' || role === 'assistant') && array(at(message, 'content')) !== undefined;
}

function readThread(piece: unknown, line: number, emit: Emit): void {
  const thread = object(piece);
  if (!thread) return;
  emit({ kind: 'session', line, at: sessionTime(thread.created), id: label(thread.id) });
  let told = false;
  for (const message of array(thread.messages) ?? []) told = readMessage(message, line, emit) || told;
  if (!told) readLedger(at(thread.usageLedger, 'events'), line, emit);
  for (const trace of array(at(thread.meta, 'traces')) ?? []) {
    const ended = sessionTime(at(trace, 'endTime'));
    if (ended !== undefined) emit({ kind: 'time', line, at: ended });
  }
}

/** Says whether the message told its usage. */
function readMessage(message: unknown, line: number, emit: Emit): boolean {
  const role = at(message, 'role');
  if (role !== 'user' && role !== 'assistant') return false;
  const content = at(message, 'content');
  const usage = object(at(message, 'usage'));
  const number = count(at(message, 'messageId'));
  const id = number === undefined ? label(at(message, 'messageId')) : `${number}`;
  const time = sessionTime(usage?.timestamp) ?? sessionTime(at(message, 'meta', 'sentAt'));
  const place = { line, at: time };
  for (const block of array(content) ?? []) readResult(block, place, emit);
  const words = blockText(content);
  if (role === 'user') {
    if (words !== '') emit({ ...place, kind: 'message', role, purpose: 'prompt', id, text: words });
  } else emit({ ...place, kind: 'message', role, id, model: label(usage?.model), text: words });
  emitBlocks(content, { ...place, messageId: id }, emit);
  if (!usage) return false;
  const read = ['inputTokens', 'cacheCreationInputTokens', 'cacheReadInputTokens'].flatMap(
    (key) => count(usage[key]) ?? [],
  );
  const input = read.length === 0 ? null : read.reduce((sum, part) => sum + part, 0);
  const output = count(usage.outputTokens) ?? null;
  emit({ ...place, kind: 'usage', messageId: id, input, output, counts: 'sum' });
  return input !== null || output !== null;
}

function readResult(block: unknown, place: { line: number; at: string | undefined }, emit: Emit): void {
  const type = at(block, 'type');
  if (type === 'summary') {
    const words = text(at(block, 'summary')) ?? text(at(block, 'summary', 'summary')) ?? '';
    emit({ ...place, kind: 'compaction', text: words });
  }
  if (type !== 'tool_result') return;
  const callId = label(at(block, 'tool_use_id')) ?? label(at(block, 'toolUseID'));
  const run = object(at(block, 'run'));
  const words = run ? runText(run) : resultText(at(block, 'content'));
  emit({ ...place, kind: 'tool_result', callId, text: words, failed: failure(block, run) });
}

function failure(block: unknown, run: ReturnType<typeof object>): boolean | null {
  const told = at(block, 'is_error');
  if (typeof told === 'boolean') return told;
  const status = label(run?.status);
  if (status === 'error' || status === 'cancelled' || at(run?.result, 'success') === false) return true;
  return status === 'done' ? false : null;
}

/** What a tool answered, by the key its kind of tool uses; else all of the result. */
function runText(run: Readonly<Record<string, unknown>>): string {
  const result = run.result;
  const shown = [result, at(result, 'output'), at(result, 'content'), at(result, 'diff')];
  const words = [...shown, at(run.error, 'message')].map(text).find((value) => value !== undefined);
  if (words !== undefined) return words;
  const blocks = resultText(array(result) ?? at(result, 'content'));
  return blocks === '' && result !== undefined && result !== null ? jsonText(result) : blocks;
}

function readLedger(events: unknown, line: number, emit: Emit): void {
  for (const event of array(events) ?? []) {
    const place = { line, at: sessionTime(at(event, 'timestamp')) };
    const model = label(at(event, 'model'));
    if (model !== undefined) emit({ ...place, kind: 'model', model });
    const input = count(at(event, 'tokens', 'input')) ?? null;
    const output = count(at(event, 'tokens', 'output')) ?? null;
    emit({ ...place, kind: 'usage', input, output, counts: 'sum' });
  }
}
