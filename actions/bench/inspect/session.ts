import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Numbers from 0 to 1, the same in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const words =
  'the parser reads each line and returns a value or an error when input ends before closing bracket return const await function import export file test path index "quoted" {object: true} <tag attr="x"> C:\\\\temp [0.5, 12] // comment'.split(
    ' ',
  );

/** A turn of the invented session: what was said, and a call of a tool with what it answered. */
export interface Turn {
  /** From 0. */
  number: number;
  at: Date;
  /** Typed every twenty turns. */
  prompt: string | null;
  answer: string;
  tool: 'Read' | 'Edit';
  file: string;
  result: string;
  /** A new random number of so many hexadecimal digits. */
  hex(length: number): string;
}

/**
 * Writes a session of about so many bytes: prompts, answers, file reads and command output of a few kB with line breaks
 * and quotes. Invented, and the same every time. `records` makes a turn's lines, as Claude Code has them if left out.
 */
export async function writeSession(
  path: string,
  bytes: number,
  records: (turn: Turn) => object[] = claudeCodeRecords(),
): Promise<void> {
  const random = numbers(7);
  const out = createWriteStream(path);
  let written = 0;
  const text = (length: number, separator: string) =>
    Array.from({ length: Math.ceil(length) }, () => words[Math.floor(random() * words.length)]).join(
      separator,
    );
  const code = (lines: number) =>
    Array.from({ length: Math.ceil(lines) }, (_, i) => `${i + 1}\t${text(random() * 12, ' ')}`).join('\n');
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');

  for (let number = 0; written < bytes; number += 1) {
    const made = records({
      number,
      at: new Date(Date.UTC(2026, 0, 5) + number * 9_000),
      prompt: number % 20 === 0 ? text(10 + random() * 60, ' ') : null,
      answer: text(20 + random() * 80, ' '),
      tool: number % 3 ? 'Read' : 'Edit',
      file: `/workspace/project/src/${hex(3)}.ts`,
      result: code(20 + random() * 180),
      hex,
    });
    const lines = made.map((record) => `${JSON.stringify(record)}\n`).join('');
    written += Buffer.byteLength(lines);
    if (!out.write(lines)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** A turn as Claude Code writes it: an answer in several blocks, usage on each, a result told twice. */
function claudeCodeRecords(): (turn: Turn) => object[] {
  let sessionId: string | null = null;
  return ({ number, at, prompt, answer, tool, file, result, hex }) => {
    const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
    sessionId ??= uuid();
    const envelope = (type: string) => ({
      parentUuid: uuid(),
      isSidechain: false,
      userType: 'external',
      cwd: '/workspace/project',
      sessionId,
      version: '2.1.31',
      gitBranch: 'main',
      type,
      uuid: uuid(),
      timestamp: at.toISOString(),
    });
    const id = `msg_${hex(24)}`;
    const call = `toolu_${hex(24)}`;
    const usage = { input_tokens: 4, cache_read_input_tokens: 9_000 + number, output_tokens: 212 };
    const message = { id, type: 'message', role: 'assistant', model: 'claude-opus-4-5-20251101', usage };
    return [
      ...(prompt === null ? [] : [{ ...envelope('user'), message: { role: 'user', content: prompt } }]),
      {
        ...envelope('assistant'),
        message: { ...message, content: [{ type: 'text', text: answer }] },
      },
      {
        ...envelope('assistant'),
        message: {
          ...message,
          content: [{ type: 'tool_use', id: call, name: tool, input: { file_path: file } }],
        },
      },
      {
        ...envelope('user'),
        message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: call, content: result }] },
        toolUseResult: { type: 'text', file: { filePath: file, content: result } },
      },
    ];
  };
}
