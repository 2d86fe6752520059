import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { resultIn, splitEnvironment } from './cline-text.ts';
import { parsedArguments } from './json-arguments.ts';

/**
 * `ui_messages.json` of Cline and its descendants Roo Code and Kilo Code: what their panel shows, an array of rows.
 * Which of the three wrote it cannot be told. An answer is a request to the model and all rows until the next; tools are
 * rows named `tool`, and commands, MCP servers and the browser have rows of their own that are not counted among them.
 * https://github.com/cline/cline/blob/main/src/shared/ExtensionMessage.ts
 * https://github.com/RooCodeInc/Roo-Code/blob/main/packages/types/src/message.ts
 */
export const clineUi: TranscriptFormat = {
  id: 'cline-ui',
  agent: 'cline-family',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls'],
  recognise({ records }) {
    const rows = records.filter(isRow).length;
    return rows > 0 && rows * 2 > records.length ? 'certain' : 'no';
  },
  read: readRows,
};

function isRow(record: unknown): boolean {
  const type = at(record, 'type');
  if (type !== 'say' && type !== 'ask') return false;
  return label(at(record, type)) !== undefined && sessionTime(at(record, 'ts')) !== undefined;
}

interface Place {
  line: number;
  at: string | undefined;
}

function readRows(emit: Emit): TranscriptReader {
  emit({ kind: 'session', line: 1 });
  let requests = 0;
  let opened = false;
  let calls = 0;
  /** The last call, until its result was seen. */
  let open: { id: string; tool: boolean } | null = null;
  let model: string | undefined;

  const think = (place: Place, words: string | undefined) => {
    const messageId = requests === 0 ? undefined : `${requests}`;
    if (words !== undefined) emit({ ...place, kind: 'thinking', messageId, text: words });
  };

  const answer = (place: Place, words: string) => {
    if (words === '') return;
    const uncounted = requests === 0 ? true : undefined;
    emit({ ...place, kind: 'message', role: 'assistant', id: `${requests}`, text: words, uncounted });
  };

  const call = (place: Place, name: string, input: unknown, tool: boolean) => {
    calls += 1;
    open = { id: `${calls}`, tool };
    const messageId = requests === 0 ? undefined : `${requests}`;
    const uncounted = tool ? undefined : true;
    emit({ ...place, kind: 'tool_call', id: open.id, messageId, name, input, uncounted });
  };

  const result = (place: Place, words: string) => {
    if (open && words !== '')
      emit({ ...place, kind: 'tool_result', callId: open.id, text: words, failed: null });
  };

  const request = (place: Place, words: string) => {
    const asked = parsedArguments(words);
    const answered = open?.tool ? resultIn(text(at(asked, 'request')) ?? '') : undefined;
    if (answered !== undefined) result(place, splitEnvironment(answered).rest.trim());
    open = null;
    requests += 1;
    emit({ ...place, kind: 'message', role: 'assistant', id: `${requests}`, text: '' });
    readUsage(asked, { ...place, messageId: `${requests}` }, emit);
  };

  const prompt = (place: Place, words: string) => {
    opened = true;
    emit({ ...place, kind: 'message', role: 'user', purpose: 'prompt', text: words });
  };

  /** False when the row is of a kind that has nothing to tell but its time. */
  const readRow = (row: JsonObject, kind: string, words: string, place: Place): boolean => {
    switch (kind) {
      case 'task':
        prompt(place, words);
        break;
      case 'text':
        if (opened) answer(place, words);
        else prompt(place, words);
        break;
      case 'user_feedback':
        prompt(place, words);
        break;
      case 'user_feedback_diff':
        emit({ ...place, kind: 'message', role: 'user', purpose: 'context', text: words });
        break;
      case 'completion_result':
        answer(place, words);
        break;
      case 'plan_mode_respond':
      case 'followup': {
        const said = parsedArguments(words);
        answer(place, text(at(said, 'response')) ?? text(at(said, 'question')) ?? words);
        break;
      }
      case 'reasoning':
        think(place, words);
        break;
      case 'api_req_started':
        request(place, words);
        break;
      case 'tool': {
        const { tool, ...input } = object(parsedArguments(words)) ?? {};
        call(place, label(tool) ?? 'unknown', input, true);
        break;
      }
      case 'command':
        call(place, 'execute_command', { command: words }, false);
        break;
      case 'use_mcp_server': {
        const asked = parsedArguments(words);
        const input = text(at(asked, 'arguments'));
        call(
          place,
          label(at(asked, 'toolName')) ?? kind,
          input === undefined ? asked : parsedArguments(input),
          false,
        );
        break;
      }
      case 'browser_action_launch':
      case 'browser_action':
        call(place, 'browser_action', parsedArguments(words), false);
        break;
      case 'command_output':
      case 'mcp_server_response':
        result(place, words);
        break;
      case 'browser_action_result':
        result(place, text(at(parsedArguments(words), 'logs')) ?? '');
        break;
      case 'condense_context':
      case 'condense':
      case 'summarize_task':
        emit({ ...place, kind: 'compaction', text: text(at(row.contextCondense, 'summary')) ?? words });
        break;
      case 'error':
      case 'diff_error':
      case 'api_req_failed':
        emit({ ...place, kind: 'message', role: 'system', text: words });
        break;
      default:
        return false;
    }
    return true;
  };

  return {
    take(piece, line) {
      const row = object(piece);
      if (!row || !isRow(row)) return;
      const place = { line, at: sessionTime(row.ts) };
      const now = label(at(row.modelInfo, 'modelId'));
      if (now !== undefined && now !== model) emit({ ...place, kind: 'model', model: now });
      model = now ?? model;
      const kind = text(row[row.type === 'say' ? 'say' : 'ask']) ?? '';
      if (!readRow(row, kind, text(row.text) ?? '', place)) emit({ ...place, kind: 'time' });
      think(place, text(row.reasoning));
      for (const image of array(row.images) ?? []) {
        const mediaType = /^data:([\w.+/-]{1,60})[;,]/.exec(text(image)?.slice(0, 100) ?? '')?.[1] ?? null;
        emit({ ...place, kind: 'attachment', mediaType });
      }
    },
    end() {},
  };
}

function readUsage(asked: unknown, place: Place & { messageId: string }, emit: Emit): void {
  if (!has(asked, 'tokensIn') && !has(asked, 'tokensOut')) return;
  const read = ['tokensIn', 'cacheWrites', 'cacheReads'].flatMap((key) => count(at(asked, key)) ?? []);
  const input = read.length === 0 ? null : read.reduce((sum, part) => sum + part, 0);
  const output = count(at(asked, 'tokensOut')) ?? null;
  emit({ ...place, kind: 'usage', input, output, counts: 'sum' });
}
