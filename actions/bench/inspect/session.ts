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

/**
 * Writes a session as Claude Code writes them, of about so many bytes: prompts, answers in several blocks, file reads
 * and command output of a few kB with line breaks and quotes, usage on every answer. Invented, and the same every time.
 */
export async function writeSession(path: string, bytes: number): Promise<void> {
  const random = numbers(7);
  const out = createWriteStream(path);
  let written = 0;
  let turn = 0;
  const text = (length: number, separator: string) =>
    Array.from({ length: Math.ceil(length) }, () => words[Math.floor(random() * words.length)]).join(
      separator,
    );
  const code = (lines: number) =>
    Array.from({ length: Math.ceil(lines) }, (_, i) => `${i + 1}\t${text(random() * 12, ' ')}`).join('\n');
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const sessionId = uuid();

  while (written < bytes) {
    const at = new Date(Date.UTC(2026, 0, 5) + turn * 9_000).toISOString();
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
      timestamp: at,
    });
    const id = `msg_${hex(24)}`;
    const call = `toolu_${hex(24)}`;
    const usage = { input_tokens: 4, cache_read_input_tokens: 9_000 + turn, output_tokens: 212 };
    const message = { id, type: 'message', role: 'assistant', model: 'claude-opus-4-5-20251101', usage };
    const file_path = `/workspace/project/src/${hex(3)}.ts`;
    const result = code(20 + random() * 180);
    const records = [
      ...(turn % 20 === 0
        ? [{ ...envelope('user'), message: { role: 'user', content: text(10 + random() * 60, ' ') } }]
        : []),
      {
        ...envelope('assistant'),
        message: { ...message, content: [{ type: 'text', text: text(20 + random() * 80, ' ') }] },
      },
      {
        ...envelope('assistant'),
        message: {
          ...message,
          content: [{ type: 'tool_use', id: call, name: turn % 3 ? 'Read' : 'Edit', input: { file_path } }],
        },
      },
      {
        ...envelope('user'),
        message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: call, content: result }] },
        toolUseResult: { type: 'text', file: { filePath: file_path, content: result } },
      },
    ];
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    written += Buffer.byteLength(lines);
    if (!out.write(lines)) await once(out, 'drain');
    turn += 1;
  }
  out.end();
  await once(out, 'finish');
}
