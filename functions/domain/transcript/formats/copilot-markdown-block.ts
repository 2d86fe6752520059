import type { Emit } from '../event.ts';
import { label } from '../json.ts';
import { parseValues } from '../values.ts';

/** A block of the file: its heading taken apart, and where it stands. */
export interface Block {
  mark: string | undefined;
  /** Name of the tool; undefined where somebody speaks. */
  tool: string | undefined;
  name: string;
  /** What stands in brackets behind the heading, as `Completed`. */
  state: string | undefined;
  line: number;
  at: string | undefined;
  id: string;
  subagent: string | undefined;
}

/** Emits a block from its lines: a message, a thought, or a tool's call and answer. */
export function emitBlock(block: Block, lines: readonly string[], emit: Emit): void {
  const { line, at, subagent, id, tool } = block;
  const place = { line, at, subagent };
  if (tool !== undefined) {
    const { input, answer } = readTool(lines);
    emit({ ...place, kind: 'tool_call', id, name: tool, input });
    emit({ ...place, kind: 'tool_result', callId: id, text: answer, failed: failedOf(block) });
    return;
  }
  const { text, usage } = splitUsage(lines.join('\n').replace(/\n---\s*$/, ''));
  if (block.name === 'User') {
    const purpose = /^\/[a-z][\w-]{0,40}(?:\s|$)/.test(text.slice(0, 60)) ? 'command' : 'prompt';
    emit({ ...place, kind: 'message', role: 'user', purpose, id, text });
  } else if (block.name === 'Copilot') emit({ ...place, kind: 'message', role: 'assistant', id, text });
  else if (block.name === 'Reasoning') {
    emit({ ...place, kind: 'thinking', text: text.replace(/^\*/, '').replace(/\*$/, '') });
  } else emit({ ...place, kind: 'message', role: 'system', text });
  for (const model of usage) emit({ ...place, kind: 'model', model });
}

/** Early versions end the file with what the session cost, a model a line. Its tokens are rounded to two digits. */
function splitUsage(text: string): { text: string; usage: string[] } {
  const start = text.lastIndexOf('\n```\nTotal usage est:');
  const end = text.indexOf('\n```', start + 5);
  if (start < 0 || text.slice(end + 4).trim() !== '') return { text: text.trim(), usage: [] };
  const models = text
    .slice(start, start + 10_000)
    .matchAll(/^ {2,8}(\S{1,100}) {1,40}[\d.]{1,12}[kmb]? input,/gm);
  return {
    text: text
      .slice(0, start)
      .replace(/\n---\s*$/, '')
      .trim(),
    usage: [...models].flatMap(([, model]) => label(model) ?? []),
  };
}

function failedOf({ mark, state }: Block): boolean | null {
  if (mark === '❌' || /fail|error|reject|denied/i.test(state ?? '')) return true;
  return mark === '✅' || state === 'Completed' ? false : null;
}

/**
 * A tool's arguments are JSON under the word Arguments; tools the program knows show a description and a command or path
 * instead. The answer is the last fenced text; the program makes a fence longer than any inside it.
 */
function readTool(lines: readonly string[]): { input: unknown; answer: string } {
  let fence = '';
  let fenced: string[] = [];
  let input: unknown;
  let answer = '';
  let isArguments = false;
  const shown: string[] = [];
  const finish = () => {
    const text = fenced.join('\n');
    if (isArguments) input = parseValues(text).values[0];
    else answer = text;
    isArguments = false;
    fence = '';
    fenced = [];
  };
  for (const line of lines) {
    if (fence !== '') {
      if (line === fence) finish();
      else fenced.push(line);
      continue;
    }
    const [, mark] = /^(`{3,})\w{0,20}$/.exec(line.slice(0, 40)) ?? [];
    if (mark !== undefined) fence = mark;
    else if (line === '<summary>Arguments</summary>') isArguments = true;
    else if (!line.startsWith('<') && line !== '---') shown.push(line);
  }
  if (fence !== '') finish();
  return { input: input ?? shownInput(shown), answer };
}

function shownInput(lines: readonly string[]): Record<string, string> {
  const text = lines.join('\n').trim();
  const [, description] = /^\*\*(.{1,500})\*\*(?:\n|$)/.exec(text.slice(0, 600)) ?? [];
  const rest = description === undefined ? text : text.slice(description.length + 4).trim();
  return {
    ...(description === undefined ? {} : { description }),
    ...(rest.startsWith('$ ') ? { command: rest.slice(2) } : {}),
    ...(/^(?:\/|[A-Z]:\\)[^\n]{1,500}$/.test(rest)
      ? { path: rest.replace(/ \(lines [\d-]{1,20}\)$/, '') }
      : {}),
  };
}
