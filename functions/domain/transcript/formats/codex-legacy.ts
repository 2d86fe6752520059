import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitAttachments, emitItem, isUserItem, itemTexts } from './codex-items.ts';
import { codexPurpose } from './codex-purpose.ts';

/**
 * Codex before September 2025: a header `{id, timestamp, instructions, git?}`, then items without an envelope between
 * lines of `record_type: "state"`. The header's time is the only one. The first CLI wrote `{session, items}` as one
 * document instead. Also what logs the bare turns `{timestamp, role, content}` of an OpenAI model named in the first.
 */
export const codexLegacy: TranscriptFormat = {
  id: 'codex-legacy',
  agent: 'codex',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ records }) {
    if (records.length === 1 && isHeader(at(records[0], 'session')) && array(at(records[0], 'items'))) {
      return 'certain';
    }
    const rest = records.slice(1);
    if (isHeader(records[0]) && (has(records[0], 'git') || rest.some(isState) || rest.some(isItem)))
      return 'certain';
    if (rest.some(isItem) && (rest.some(isState) || isShortHeader(records[0]))) return 'likely';
    return isBare(records) ? 'likely' : 'no';
  },
  read: (emit) => ({
    take(piece, line) {
      const record = object(piece);
      if (!record) return;
      const items = array(record.items);
      const session = object(record.session);
      if (session && items) {
        readRecord(session, line, emit);
        for (const item of items) readRecord(object(item) ?? {}, line, emit);
      } else readRecord(record, line, emit);
    },
    end() {},
  }),
};

function isHeader(record: unknown): boolean {
  return (
    has(record, 'id', 'timestamp', 'instructions') &&
    !has(record, 'type') &&
    !has(record, 'role') &&
    sessionTime(at(record, 'timestamp')) !== undefined
  );
}

/** A header that lost its instructions. */
function isShortHeader(record: unknown): boolean {
  return (
    Object.keys(object(record) ?? {}).every((key) => headerKeys.has(key)) &&
    label(at(record, 'id')) !== undefined &&
    sessionTime(at(record, 'timestamp')) !== undefined
  );
}

const headerKeys = new Set(['id', 'timestamp', 'instructions', 'git']);

function isState(record: unknown): boolean {
  return at(record, 'record_type') === 'state';
}

function isItem(record: unknown): boolean {
  const type = at(record, 'type');
  if (type === 'message') return has(record, 'role', 'content');
  return type === 'reasoning'
    ? has(record, 'summary')
    : type === 'function_call' && has(record, 'call_id', 'arguments');
}

const bareKeys = new Set(['timestamp', 'role', 'content', 'model']);

/** Nothing but turns: the first names the model a user's prompt goes to, which other chat logs do with the answer. */
function isBare(records: readonly unknown[]): boolean {
  const [first] = records;
  return (
    records.length > 1 &&
    at(first, 'role') === 'user' &&
    /^(?:o\d|gpt-|codex)[\w.-]{0,40}$/.test(label(at(first, 'model')) ?? '') &&
    records.every(
      (record) =>
        has(record, 'timestamp', 'role', 'content') &&
        Object.keys(object(record) ?? {}).every((key) => bareKeys.has(key)),
    )
  );
}

function readRecord(record: JsonObject, line: number, emit: Emit): void {
  if (isState(record)) return;
  const place = { line, at: sessionTime(record.timestamp) };
  if (isHeader(record) || isShortHeader(record)) {
    emit({ ...place, kind: 'session', id: label(record.id) });
    return;
  }
  if (!isUserItem(record)) {
    emitItem(record, place, label(record.model), emit);
    return;
  }
  const spoken = itemTexts(record).join('\n');
  const id = label(record.id);
  emit({ ...place, kind: 'message', role: 'user', purpose: codexPurpose(spoken), id, text: spoken });
  if (text(record.content) === undefined) emitAttachments(record, place, emit);
}
