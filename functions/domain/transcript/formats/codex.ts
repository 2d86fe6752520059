import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitAttachments, emitItem, isUserItem, itemTexts } from './codex-items.ts';
import { typedPrompts } from './codex-prompts.ts';

/**
 * Codex's rollout files since September 2025: `~/.codex/sessions/<year>/<month>/<day>/rollout-<time>-<id>.jsonl`, each
 * line `{timestamp, type, payload}`. https://github.com/openai/codex `codex-rs/core/src/rollout/recorder.rs`
 * The model is named once a turn; token counts are totals so far; the outer time of the first line is the file's, its
 * payload's the session's.
 */
export const codex: TranscriptFormat = {
  id: 'codex',
  agent: 'codex',
  version: 2,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results', 'thinking'],
  recognise({ records }) {
    if (records.some(isMeta)) return 'certain';
    return records.some(isLine) ? 'likely' : 'no';
  },
  read: readRollout,
};

const lineTypes = new Set([
  'session_meta',
  'turn_context',
  'response_item',
  'event_msg',
  'compacted',
  'world_state',
]);

function isMeta(record: unknown): boolean {
  const meta = at(record, 'payload');
  return (
    at(record, 'type') === 'session_meta' &&
    label(at(meta, 'id')) !== undefined &&
    (has(meta, 'cli_version') || has(meta, 'originator'))
  );
}

function isLine(record: unknown): boolean {
  const type = text(at(record, 'type'));
  return (
    type !== undefined &&
    lineTypes.has(type) &&
    has(record, 'timestamp') &&
    object(at(record, 'payload')) !== undefined
  );
}

function readRollout(emit: Emit): TranscriptReader {
  const prompts = typedPrompts(emit);
  let model: string | undefined;
  let named = false;
  /** Set in the file of a subagent: all of it is that one's, and its prompts were not typed. */
  let subagent: string | undefined;
  let told = false;
  const tell: Emit = (event) => {
    told = true;
    prompts.pass(event);
  };

  const readItem = (item: JsonObject, place: Place) => {
    if (isUserItem(item)) {
      const parts = itemTexts(item);
      told = true;
      const id = label(item.id);
      prompts.item({ ...place, kind: 'message', role: 'user', id, text: parts.join('\n') }, parts);
      emitAttachments(item, place, tell);
      return;
    }
    if (item.role !== 'developer') prompts.settle();
    emitItem(item, place, model, tell);
  };

  return {
    take(piece, line) {
      const record = object(piece);
      const payload = object(record?.payload);
      if (!record || !payload) return;
      const place = { line, at: sessionTime(record.timestamp), subagent };
      told = false;
      if (record.type === 'session_meta') {
        if (!named) subagent = spawnedAs(payload);
        readMeta(payload, place, !named, tell);
        named = true;
      } else if (record.type === 'turn_context') {
        model = label(payload.model) ?? model;
        if (model !== undefined) tell({ ...place, kind: 'model', model });
      } else if (record.type === 'response_item') readItem(payload, place);
      else if (record.type === 'compacted') {
        prompts.settle();
        tell({ ...place, kind: 'compaction', text: text(payload.message) ?? '' });
      } else if (record.type === 'event_msg') {
        if (payload.type === 'user_message') {
          told = true;
          const typed = text(payload.message) ?? '';
          const purpose = injectedKinds.has(text(payload.kind) ?? '') ? 'context' : 'prompt';
          prompts.typed({ ...place, kind: 'message', role: 'user', purpose, text: typed });
        } else readEvent(payload, place, tell);
      }
      if (!told && place.at !== undefined) prompts.pass({ ...place, kind: 'time' });
    },
    end: prompts.settle,
  };
}

/** Kinds of `user_message` that versions of 2025 did not type. */
const injectedKinds = new Set(['environment_context', 'user_instructions']);

interface Place {
  line: number;
  at: string | undefined;
  subagent: string | undefined;
}

function spawnedAs(meta: JsonObject): string | undefined {
  const spawned = object(at(meta, 'source', 'subagent')) ?? label(at(meta, 'source', 'subagent'));
  return spawned === undefined ? undefined : (label(meta.agent_nickname) ?? 'subagent');
}

/** The first line is the session's own; those after it are of sessions it was forked from, by whatever version wrote them. */
function readMeta(meta: JsonObject, place: Place, own: boolean, emit: Emit): void {
  emit({
    line: place.line,
    at: sessionTime(meta.timestamp) ?? place.at,
    subagent: spawnedAs(meta) ?? place.subagent,
    kind: 'session',
    id: label(meta.id),
    agentVersion: own ? label(meta.cli_version) : undefined,
  });
}

function readEvent(event: JsonObject, place: Place, emit: Emit): void {
  const notice = (what: string) => emit({ ...place, kind: 'message', role: 'system', text: what });
  if (event.type === 'token_count') {
    const total = object(at(event, 'info', 'total_token_usage'));
    if (!total) return;
    const input = count(total.input_tokens) ?? null;
    const output = count(total.output_tokens) ?? null;
    if (input !== null || output !== null) emit({ ...place, kind: 'usage', input, output, counts: 'total' });
  } else if (event.type === 'error' || event.type === 'stream_error' || event.type === 'warning') {
    const message = text(event.message) ?? text(at(event, 'error', 'message'));
    if (message !== undefined) notice(message);
  } else if (event.type === 'collab_agent_spawn_end') {
    const spawned = label(event.new_agent_nickname) ?? label(event.new_thread_id) ?? 'subagent';
    emit({ ...place, kind: 'time', subagent: spawned });
  } else if (event.type === 'turn_aborted')
    notice(`Turn aborted: ${label(event.reason) ?? 'no reason given'}`);
  else if (event.type === 'thread_rolled_back')
    notice(`Turns rolled back: ${count(event.num_turns) ?? 'unknown'}`);
}
