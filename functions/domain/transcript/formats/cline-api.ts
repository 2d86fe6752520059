import type { Emit } from '../event.ts';
import type { TranscriptFormat, TranscriptReader } from '../format.ts';
import { array, at, count, has, type JsonObject, label, object, text } from '../json.ts';
import { sessionTime } from '../time.ts';
import { emitBlocks, emitResults } from './anthropic-blocks.ts';
import { resultIn, splitEnvironment, takeApart, typedIn } from './cline-text.ts';

/**
 * `api_conversation_history.json` of Cline and its descendants Roo Code and Kilo Code: the messages as they are sent to
 * the model, an array. Which of the three wrote it cannot be told. Most tool calls are XML in the text, without ids;
 * newer ones are blocks of their own. What was typed stands in a few elements among what the extension adds.
 * https://github.com/cline/cline/blob/main/src/core/task/index.ts
 */
export const clineApi: TranscriptFormat = {
  id: 'cline-api',
  agent: 'cline-family',
  version: 1,
  unit: 'record',
  tells: ['prompts', 'answers', 'tool_calls', 'tool_results'],
  recognise({ records }) {
    if (!records.every((record) => isMessage(record) || isThought(record))) return 'no';
    const sent = records.filter((record) => at(record, 'role') === 'user').flatMap(textsOf);
    if (sent.some((words) => words.includes('<environment_details>'))) return 'certain';
    const asked = sent.some((words) => words.trimStart().startsWith('<task>'));
    return asked && records.some((record) => has(record, 'modelInfo') || has(record, 'ts')) ? 'likely' : 'no';
  },
  read: readMessages,
};

function isMessage(record: unknown): boolean {
  const role = at(record, 'role');
  return (role === 'user' || role === 'assistant') && has(record, 'content') && !has(record, 'type');
}

/** Roo Code puts some models' thoughts between the messages. */
function isThought(record: unknown): boolean {
  return at(record, 'type') === 'reasoning';
}

function textsOf(message: unknown): string[] {
  const content = at(message, 'content');
  return [
    text(content) ?? [],
    (array(content) ?? []).flatMap((block) =>
      at(block, 'type') === 'text' ? (text(at(block, 'text')) ?? []) : [],
    ),
  ].flat();
}

interface Place {
  line: number;
  at: string | undefined;
  messageId: string;
}

function readMessages(emit: Emit): TranscriptReader {
  emit({ kind: 'session', line: 1 });
  let messages = 0;
  let calls = 0;
  /** Ids given to the calls of the last answer, which have none and are answered in order. */
  let unanswered: string[] = [];

  const readAnswer = (message: JsonObject, place: Place) => {
    const { messageId: id, ...here } = place;
    const model = label(at(message.modelInfo, 'modelId'));
    const parts = textsOf(message).map(takeApart);
    const spoken = [...parts.map((part) => part.words), ...endings(message.content)];
    for (const thought of parts.flatMap((part) => part.thinking))
      emit({ ...place, kind: 'thinking', text: thought });
    emit({ ...here, kind: 'message', role: 'assistant', id, model, text: joined(spoken) });
    unanswered = [];
    for (const { name, input } of parts.flatMap((part) => part.calls)) {
      calls += 1;
      unanswered.push(`call ${calls}`);
      emit({ ...place, kind: 'tool_call', id: `call ${calls}`, name, input });
    }
    const blocks = array(message.content) ?? [];
    emitBlocks(
      blocks.filter((block) => at(block, 'name') !== 'attempt_completion'),
      place,
      emit,
    );
    for (const block of blocks) {
      if (at(block, 'type') === 'reasoning')
        emit({ ...place, kind: 'thinking', text: text(at(block, 'text')) ?? '' });
    }
    readUsage(message, place, emit);
  };

  const readSent = (message: JsonObject, place: Place) => {
    const { messageId, ...here } = place;
    emitResults(message.content, here, emit);
    let result: string[] | null = null;
    const answer = () => {
      if (result) {
        const callId = unanswered.shift();
        emit({ ...here, kind: 'tool_result', callId, text: result.join('\n').trim(), failed: null });
      }
      result = null;
    };
    const prompts: string[] = [];
    const context: string[] = [];
    const details: string[] = [];
    for (const whole of [...textsOf(message), ...resultTexts(message.content)]) {
      const { rest, environment } = splitEnvironment(whole);
      if (environment !== undefined) details.push(environment);
      const words = typedIn(rest);
      prompts.push(...words);
      const begun = resultIn(rest);
      if (begun !== undefined) {
        answer();
        result = [begun];
      } else if (words.length > 0 || rest.trim() === '') continue;
      else if (result) result.push(rest);
      else context.push(rest.trim());
    }
    answer();
    const summary = message.isSummary === true;
    if (summary) emit({ ...here, kind: 'compaction', text: context.join('\n\n') });
    for (const words of prompts)
      emit({ ...here, kind: 'message', role: 'user', purpose: 'prompt', text: words });
    for (const words of summary ? details : [...context, ...details])
      emit({ ...here, kind: 'message', role: 'user', purpose: 'context', text: words });
    for (const words of details) readDetails(words, here, emit);
    emitBlocks(message.content, place, emit);
  };

  return {
    take(piece, line) {
      const message = object(piece);
      if (message && isThought(message)) {
        emit({ kind: 'thinking', line, at: sessionTime(message.ts), text: text(message.text) ?? '' });
      }
      if (!message || !isMessage(message)) return;
      messages += 1;
      const place = { line, at: timeOf(message), messageId: `${messages}` };
      if (message.role === 'assistant') readAnswer(message, place);
      else readSent(message, place);
    },
    end() {},
  };
}

/** Cline's own time, else the one Roo Code tells the model. */
function timeOf(message: JsonObject): string | undefined {
  const own = sessionTime(message.ts);
  if (own !== undefined || message.role !== 'user') return own;
  const told = textsOf(message).map((words) => toldTime.exec(words)?.[1]);
  return sessionTime(told.findLast((time) => time !== undefined));
}

const toldTime = /Current time in ISO 8601 UTC format: (\S{20,30})/;

/** The words of the tool that ends a task, where it is a block of its own. */
function endings(content: unknown): string[] {
  return (array(content) ?? []).flatMap((block) =>
    at(block, 'name') === 'attempt_completion' ? (text(at(block, 'input', 'result')) ?? []) : [],
  );
}

function joined(words: string[]): string {
  return words.filter((part) => part !== '').join('\n\n');
}

/** A person's feedback on a tool is sent inside the tool's result, after its words. */
function resultTexts(content: unknown): string[] {
  return (array(content) ?? [])
    .filter((block) => at(block, 'type') === 'tool_result')
    .flatMap((block) => textsOf(block))
    .filter((words) => words.includes('<feedback>'))
    .map((words) => words.slice(words.indexOf('<feedback>')));
}

/** Roo Code and Kilo Code tell the model which model it is. */
function readDetails(details: string, place: { line: number; at: string | undefined }, emit: Emit): void {
  const model = /<model>([^<\n]{1,200})<\/model>/.exec(details)?.[1];
  if (model !== undefined) emit({ ...place, kind: 'model', model });
}

function readUsage(message: JsonObject, place: Place, emit: Emit): void {
  const tokens = at(message.metrics, 'tokens');
  const prompt = count(at(tokens, 'prompt'));
  const cached = count(at(tokens, 'cached'));
  const output = count(at(tokens, 'completion')) ?? null;
  const input = prompt === undefined && cached === undefined ? null : (prompt ?? 0) + (cached ?? 0);
  if (input !== null || output !== null) emit({ ...place, kind: 'usage', input, output, counts: 'sum' });
}
