import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, count, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { resultText } from './anthropic-blocks.ts';
import { parsedArguments } from './json-arguments.ts';
import { tokenSum } from './token-sum.ts';

/**
 * mini-swe-agent's trajectories (`*.traj.json`). In the older ones an answer holds its one command in a code block and
 * the output comes back as a user's message; the newer ones call tools.
 * https://github.com/SWE-agent/mini-swe-agent/blob/main/docs/usage/output_files.md
 */
export const miniSweAgent: TranscriptFormat = {
  id: 'mini-swe-agent',
  agent: 'mini-swe-agent',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    const own = (record: unknown) =>
      text(at(record, 'trajectory_format'))?.startsWith('mini-swe-agent') === true &&
      array(at(record, 'messages')) !== undefined;
    if (records.some(own)) return 'certain';
    const older = (record: unknown) =>
      text(at(record, 'info', 'mini_version')) !== undefined && array(at(record, 'messages')) !== undefined;
    return records.some(older) ? 'likely' : 'no';
  },
  read: readDocuments,
};

function readDocuments(emit: Emit): TranscriptReader {
  let calls = 0;
  return {
    take(piece, line) {
      const document = object(piece);
      if (!document) return;
      const info = object(document.info);
      emit({ line, kind: 'session', agentVersion: label(info?.mini_version) });
      const model = label(at(info?.config, 'model', 'model_name'));
      if (model !== undefined) emit({ line, kind: 'model', model });
      let open: string[] = [];
      let asked = false;
      for (const value of array(document.messages) ?? []) {
        const message = object(value);
        if (!message) continue;
        const place = { line, at: timeOf(message) };
        const spoken = spokenIn(message);
        if (message.role === 'assistant' || message.object === 'response') {
          emit({ ...place, kind: 'message', role: 'assistant', text: spoken });
          open = callsIn(message, spoken).map(({ id, command }) => {
            calls += 1;
            const callId = id ?? `call ${calls}`;
            emit({ ...place, kind: 'tool_call', id: callId, name: 'bash', input: { command } });
            return callId;
          });
          emitUsage(message, place, emit);
        } else if (message.role === 'system') {
          emit({ ...place, kind: 'message', role: 'system', text: spoken });
        } else if (message.role === 'user' && !asked) {
          asked = true;
          emit({ ...place, kind: 'message', role: 'user', purpose: 'prompt', text: spoken });
        } else if (message.role === 'exit') {
          emit({ ...place, kind: 'message', role: 'system', text: spoken });
        } else {
          const named = label(message.tool_call_id) ?? label(message.call_id);
          const callId = named ?? open.shift();
          if (callId !== undefined)
            emit({ ...place, kind: 'tool_result', callId, text: spoken, failed: didFail(message, spoken) });
          else {
            const purpose = spoken.startsWith('The user added a new task: ') ? 'prompt' : 'context';
            emit({ ...place, kind: 'message', role: 'user', purpose, text: spoken });
          }
        }
      }
    },
    end() {},
  };
}

function timeOf(message: JsonObject): string | undefined {
  return sessionTime(
    at(message.extra, 'timestamp') ?? at(message.extra, 'response', 'created') ?? message.created_at,
  );
}

function spokenIn(message: JsonObject): string {
  if (array(message.output)) {
    const parts = (array(message.output) ?? []).flatMap((item) => array(at(item, 'content')) ?? []);
    return resultText(parts);
  }
  return resultText(message.content) || (text(message.output) ?? '');
}

/** The commands of an answer: as the agent read them, as tool calls, or the one code block. */
function callsIn(message: JsonObject, spoken: string): { id: string | undefined; command: string }[] {
  const calls = array(message.tool_calls) ?? [];
  const read = (array(at(message.extra, 'actions')) ?? []).flatMap((action, index) => {
    const command = text(at(action, 'command'));
    const id = label(at(action, 'tool_call_id')) ?? label(at(calls[index], 'id'));
    return command === undefined ? [] : [{ id, command }];
  });
  if (read.length > 0) return read;
  const called = calls.flatMap((call) => {
    const given = at(call, 'function', 'arguments');
    const command = text(at(parsedArguments(given), 'command')) ?? text(given) ?? '';
    return [{ id: label(at(call, 'id')), command }];
  });
  if (called.length > 0) return called;
  const blocks = commandBlocks(spoken);
  return blocks.length === 1 ? [{ id: undefined, command: blocks[0] ?? '' }] : [];
}

/** The code blocks in which an answer may hold a command. */
function commandBlocks(spoken: string): string[] {
  const blocks: string[] = [];
  const opening = /```(?:mswea_bash_command|bash)[ \t]{0,9}\n/g;
  for (let found = opening.exec(spoken); found; found = opening.exec(spoken)) {
    const end = spoken.indexOf('\n```', opening.lastIndex - 1);
    if (end < 0) break;
    blocks.push(spoken.slice(opening.lastIndex, end));
    opening.lastIndex = end + 4;
  }
  return blocks;
}

function didFail(message: JsonObject, spoken: string): boolean | null {
  const code = at(message.extra, 'returncode');
  if (typeof code === 'number') return code !== 0;
  const told = /^<returncode>(-?\d{1,5})<\/returncode>/.exec(spoken.slice(0, 60))?.[1];
  if (told !== undefined) return told !== '0';
  return /^(?:Command not executed|The last command |Interrupted by user)/.test(spoken.slice(0, 60)) || null;
}

function emitUsage(message: JsonObject, place: { line: number; at: string | undefined }, emit: Emit): void {
  const usage = object(at(message.extra, 'response', 'usage')) ?? object(message.usage);
  if (!usage) return;
  const input = count(usage.prompt_tokens) ?? count(usage.input_tokens) ?? null;
  const output = tokenSum(usage, 'completion_tokens') ?? tokenSum(usage, 'output_tokens');
  emit({ ...place, kind: 'usage', input, output, counts: 'sum' });
}
