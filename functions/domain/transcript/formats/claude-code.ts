import type { Emit } from '../event.ts';
import type { TranscriptFormat } from '../format.ts';
import { array, at, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { anthropicUsage, blockText, emitBlocks, emitResults } from './anthropic-blocks.ts';
import { purposeOf } from './claude-code-purpose.ts';
import { messageTree } from './message-tree.ts';

/**
 * Claude Code's own session files: `~/.claude/projects/<folder>/<session id>.jsonl`, an object a line.
 * One answer of the model is told over several lines of the same `message.id`, a content block each; the last usage of
 * an id holds. Not documented by its maker; the keys are those of real files of versions 1.0 to 2.1. What
 * `claude -p --output-format stream-json` prints has the same turns in a thinner envelope.
 */
export const claudeCode: TranscriptFormat = {
  id: 'claude-code',
  agent: 'claude-code',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking', 'subagents'],
  recognise({ records }) {
    if (records.some((record) => isEnveloped(record) && !isParts(record))) return 'certain';
    // What Qwen Code prints has the same turns, and its own version in the first line.
    if (records.some((record) => has(record, 'qwen_code_version'))) return 'no';
    return records.some(isTurn) ? 'likely' : 'no';
  },
  read: (emit) => ({ take: readLines(emit), end() {} }),
};

function isEnveloped(record: unknown): boolean {
  return (
    has(record, 'parentUuid') &&
    label(at(record, 'sessionId')) !== undefined &&
    typeof at(record, 'isSidechain') === 'boolean'
  );
}

/** Qwen Code writes the same envelope around Google's `parts`. */
function isParts(record: unknown): boolean {
  return at(record, 'message', 'parts') !== undefined;
}

/** A turn without some of the envelope, as older versions, trimmed files and the web's `loglines` have it. */
export function isTurn(record: unknown): boolean {
  const type = at(record, 'type');
  const message = at(record, 'message');
  if ((type !== 'user' && type !== 'assistant') || at(message, 'content') === undefined) return false;
  if (at(message, 'role') === type) {
    const marks = ['uuid', 'sessionId', 'timestamp', 'parent_tool_use_id'];
    return marks.some((mark) => has(record, mark));
  }
  // Without a role only the model's own answer is peculiar enough.
  const model = label(at(message, 'model')) ?? '';
  return (
    has(record, 'timestamp') && model.startsWith('claude-') && array(at(message, 'content')) !== undefined
  );
}

interface Place {
  line: number;
  at: string | undefined;
  subagent: string | undefined;
}

/** Takes one line after another and emits what each says. The web's `loglines` are the same lines in a document. */
export function readLines(emit: Emit): (piece: unknown, line: number) => void {
  const parentOf = messageTree();
  let session = '';
  let told = false;
  const tell: Emit = (event) => {
    told = true;
    emit(event);
  };
  return (piece, line) => {
    const record = object(piece);
    if (!record) return;
    told = false;
    const place = { line, at: sessionTime(record.timestamp), subagent: subagentOf(record) };
    const id = label(record.sessionId) ?? label(record.session_id);
    const agentVersion = label(record.version) ?? label(record.claude_code_version);
    const named = `${id} ${agentVersion}`;
    if (named !== session && (id !== undefined || agentVersion !== undefined)) {
      session = named;
      tell({ ...place, kind: 'session', id, agentVersion });
    }
    const message = object(record.message);
    const parentId = parentOf(label(record.uuid), label(record.parentUuid), messageOf(record, message));
    if (record.type === 'assistant' && message) readAnswer(message, parentId, place, tell);
    else if (record.type === 'user' && message) readUser(record, message, parentId, place, tell);
    else if (record.type === 'attachment') readQueued(record, parentId, place, tell);
    else if (record.type === 'system') readNotice(record, place, tell);
    if (!told && place.at !== undefined) emit({ ...place, kind: 'time' });
  };
}

function subagentOf(record: JsonObject): string | undefined {
  if (record.isSidechain === true) return label(record.agentId) ?? 'sidechain';
  // What a subagent does, told again where it was started; its own file has it in full.
  if (record.type === 'progress' && at(record.data, 'type') === 'agent_progress') {
    return label(at(record.data, 'agentId')) ?? 'sidechain';
  }
  return label(record.parent_tool_use_id);
}

/** The id of the message a line tells, or tells a part of. */
function messageOf(record: JsonObject, message: JsonObject | undefined): string | undefined {
  if (record.type === 'assistant') return label(message?.id);
  if (record.type === 'attachment') return isQueued(record) ? label(record.uuid) : undefined;
  if (record.type !== 'user' || record.isCompactSummary === true) return undefined;
  return hasResults(message) && blockText(message?.content) === '' ? undefined : label(record.uuid);
}

function readAnswer(message: JsonObject, parentId: string | undefined, place: Place, emit: Emit): void {
  const id = label(message.id);
  const model = label(message.model);
  const spoken = blockText(message.content);
  if (model === '<synthetic>') {
    emit({ ...place, kind: 'message', role: 'system', id, parentId, text: spoken });
    return;
  }
  emit({ ...place, kind: 'message', role: 'assistant', id, parentId, model, text: spoken });
  emitBlocks(message.content, { ...place, messageId: id }, emit);
  const usage = anthropicUsage(message.usage);
  if (usage) emit({ ...place, kind: 'usage', messageId: id, ...usage, counts: 'sum' });
}

function hasResults(message: JsonObject | undefined): boolean {
  return array(message?.content)?.some((block) => at(block, 'type') === 'tool_result') ?? false;
}

function readUser(
  record: JsonObject,
  message: JsonObject,
  parentId: string | undefined,
  place: Place,
  emit: Emit,
): void {
  emitResults(message.content, place, emit);
  const spoken = blockText(message.content);
  if (record.isCompactSummary === true) {
    emit({ ...place, kind: 'compaction', text: spoken });
    return;
  }
  const id = label(record.uuid);
  const answersTool = hasResults(message);
  // Text beside a tool's result is the agent's remark on it.
  const purpose = record.isMeta === true || answersTool ? 'context' : purposeOf(spoken);
  if (!answersTool || spoken !== '') {
    emit({ ...place, kind: 'message', role: 'user', purpose, id, parentId, text: spoken });
  }
  emitBlocks(message.content, { ...place, messageId: id }, emit);
}

function isQueued(record: JsonObject): boolean {
  return at(record.attachment, 'type') === 'queued_command';
}

/** What was typed while the agent worked reaches it inside a turn, as an attachment. */
function readQueued(record: JsonObject, parentId: string | undefined, place: Place, emit: Emit): void {
  if (!isQueued(record)) return;
  const id = label(record.uuid);
  const prompt = at(record.attachment, 'prompt');
  const spoken = blockText(prompt);
  emit({ ...place, kind: 'message', role: 'user', purpose: 'context', id, parentId, text: spoken });
  emitBlocks(prompt, { ...place, messageId: id }, emit);
}

function readNotice(record: JsonObject, place: Place, emit: Emit): void {
  const notice = text(record.content) ?? text(at(record, 'error', 'message'));
  if (notice !== undefined) emit({ ...place, kind: 'message', role: 'system', text: notice });
}
