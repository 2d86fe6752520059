/** What of a session matters to a test; the rest of it is always the same. */
interface Told {
  /** What the person asks for first. */
  prompt?: string;
  /** What the tool that is called once answers. */
  result?: string;
  model?: string;
  /** The name of that tool. */
  tool?: string;
}

/**
 * A session as Claude Code writes one, made up: a prompt, an answer that calls a tool, the tool's result, and a last
 * answer. 1,234,567 tokens read, 89 written, from 2026-05-02 08:15 to 08:17 UTC.
 */
export function claudeSession({
  prompt = 'Why does the parser stop?',
  result = '1 test failed',
  model = 'claude-sonnet-4-5-20250929',
  tool = 'Bash',
}: Told = {}): string {
  const sessionId = '5f0c7a52-9f0e-4f43-8d56-0c1d2e3f4a5b';
  const usage = { cache_creation_input_tokens: 0, output_tokens: 40 };
  const turns = [
    { type: 'user', message: { role: 'user', content: prompt } },
    {
      type: 'assistant',
      message: {
        id: 'msg_first',
        role: 'assistant',
        model,
        content: [
          { type: 'thinking', thinking: 'Run it first.' },
          {
            type: 'tool_use',
            id: 'toolu_first',
            name: tool,
            input: { command: 'npm test -- parser.test.ts' },
          },
        ],
        usage: { ...usage, input_tokens: 1_000_000, cache_read_input_tokens: 0 },
      },
    },
    {
      type: 'user',
      message: {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'toolu_first', content: result }],
      },
    },
    {
      type: 'assistant',
      message: {
        id: 'msg_second',
        role: 'assistant',
        model,
        content: [{ type: 'text', text: 'It stops at the second comma.' }],
        usage: { ...usage, input_tokens: 234_000, cache_read_input_tokens: 567, output_tokens: 49 },
      },
    },
  ];
  const lines = turns.map((turn, i) => ({
    parentUuid: i === 0 ? null : `00000000-0000-4000-8000-00000000000${i - 1}`,
    isSidechain: false,
    cwd: '/home/user/parser',
    sessionId,
    version: '2.1.7',
    uuid: `00000000-0000-4000-8000-00000000000${i}`,
    timestamp: `2026-05-02T08:1${i === 3 ? 7 : 5}:00.000Z`,
    ...turn,
  }));
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Looks like a token of GitHub's and opens nothing. In parts, so that nobody takes this file for a leak. */
export const token = ['ghp', 'q7RmZ2xVtB9kLw4NcYd8HsJf3GpT6eXaU1oK'].join('_');
