import type { Emit } from '../event.ts';
import { parseValues } from '../values.ts';

const toolHeading = /^\*\*Tool: ([^*]{1,200})\*\*$/;

interface Message {
  role: 'user' | 'assistant';
  model: string | undefined;
  id: string;
  line: number;
}

/** Emits a message of OpenCode's Markdown from its lines: its text, then its thinking and its tools in their order. */
export function emitMarkdownMessage(lines: readonly string[], message: Message, emit: Emit): void {
  const { role, model, id, line } = message;
  const pieces = role === 'user' ? [{ tool: undefined, lines: [...lines] }] : splitAtTools(lines);
  const first = pieces[0]?.tool === undefined ? (pieces.shift()?.lines ?? []) : [];
  const { thinking, rest } = takeThinking(first);
  const tools = pieces.map((piece) => readTool(piece.tool ?? 'unknown', piece.lines));
  const text = [rest, ...tools.map((tool) => tool.after)].map(joined).filter((part) => part !== '');
  const place = { line, kind: 'message', id, text: text.join('\n\n') } as const;
  if (role === 'user') emit({ ...place, role, purpose: 'prompt' });
  else emit({ ...place, role, model });
  for (const thought of thinking) emit({ kind: 'thinking', line, messageId: id, text: thought });
  for (const [index, tool] of tools.entries()) {
    // The file gives calls no ids; these are only to pair a call with its answer.
    const call = `${id} tool ${index + 1}`;
    emit({ kind: 'tool_call', line, id: call, messageId: id, name: tool.name, input: tool.input });
    emit({ kind: 'tool_result', line, callId: call, text: tool.answer, failed: tool.failed });
  }
}

interface Piece {
  tool: string | undefined;
  lines: string[];
}

function splitAtTools(lines: readonly string[]): Piece[] {
  let piece: Piece = { tool: undefined, lines: [] };
  const pieces = [piece];
  for (const line of lines) {
    const [, name] = line.length < 220 ? (toolHeading.exec(line) ?? []) : [];
    if (name === undefined) piece.lines.push(line);
    else {
      piece = { tool: name, lines: [] };
      pieces.push(piece);
    }
  }
  return pieces;
}

/** A thought is a heading and, as far as the file tells, the paragraph under it. */
function takeThinking(lines: readonly string[]): { thinking: string[]; rest: string[] } {
  const thinking: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at] !== '_Thinking:_') {
      rest.push(lines[at] ?? '');
      continue;
    }
    const thought: string[] = [];
    at += lines[at + 1] === '' ? 2 : 1;
    while (at < lines.length && lines[at] !== '') {
      thought.push(lines[at] ?? '');
      at += 1;
    }
    thinking.push(thought.join('\n'));
  }
  return { thinking, rest };
}

interface Tool {
  name: string;
  input: unknown;
  answer: string;
  failed: boolean | null;
  /** Text of the message behind the tool. */
  after: string[];
}

/**
 * A tool's input is JSON, in which no line begins with a fence. Its output is whatever it is, fences too, so that the
 * last fence of the piece is taken for its end.
 */
function readTool(name: string, lines: readonly string[]): Tool {
  const tool: Tool = { name, input: undefined, answer: '', failed: null, after: [] };
  let at = 0;
  const input = lines.indexOf('**Input:**');
  if (input >= 0 && input < 3) {
    const end = lines.indexOf('```', input + 2);
    tool.input = parseValues(lines.slice(input + 2, end < 0 ? undefined : end).join('\n')).values[0];
    at = end < 0 ? lines.length : end + 1;
  }
  const heading = lines.findIndex((line, index) => index >= at && line !== '');
  const kind = lines[heading];
  if (kind === '**Output:**' || kind === '**Error:**') {
    const end = lines.lastIndexOf('```');
    const closed = end > heading + 1;
    tool.answer = lines.slice(heading + 2, closed ? end : undefined).join('\n');
    tool.failed = kind === '**Error:**';
    at = closed ? end + 1 : lines.length;
  }
  tool.after = lines.slice(at);
  return tool;
}

function joined(lines: readonly string[]): string {
  return lines.join('\n').trim();
}
