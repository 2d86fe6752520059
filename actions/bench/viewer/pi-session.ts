import type { Turn } from '../inspect/session.ts';

const cwd = '/workspace/project';

/**
 * A turn of the invented session as pi writes it, which is what pi can export: a header, then messages that each name
 * the one before. https://github.com/earendil-works/pi `packages/coding-agent/docs/session-format.md`
 */
export function piRecords({ number, at, prompt, answer, tool, file, result }: Turn): object[] {
  const call = `toolu_${number}`;
  const entry = (nth: number, before: string | null, message: object) => ({
    type: 'message',
    id: idOf(number, nth),
    parentId: before,
    timestamp: at.toISOString(),
    message: { ...message, timestamp: at.getTime() },
  });
  const last = number === 0 ? null : idOf(number - 1, 2);
  return [
    ...(number === 0 ? [{ type: 'session', version: 3, id: 'bench', timestamp: at.toISOString(), cwd }] : []),
    ...(prompt === null ? [] : [entry(0, last, { role: 'user', content: [{ type: 'text', text: prompt }] })]),
    entry(1, prompt === null ? last : idOf(number, 0), {
      role: 'assistant',
      content: [
        { type: 'text', text: answer },
        { type: 'toolCall', id: call, name: tool.toLowerCase(), arguments: { path: file } },
      ],
      api: 'anthropic-messages',
      provider: 'anthropic',
      model: 'claude-opus-4-5',
      usage: {
        input: 4,
        output: 212,
        cacheRead: 9_000 + number,
        cacheWrite: 0,
        totalTokens: 9_216 + number,
        cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 },
      },
      stopReason: 'toolUse',
    }),
    entry(2, idOf(number, 1), {
      role: 'toolResult',
      toolCallId: call,
      toolName: tool.toLowerCase(),
      content: [{ type: 'text', text: result }],
      isError: false,
    }),
  ];
}

function idOf(turn: number, nth: number): string {
  return (turn * 3 + nth).toString(16).padStart(8, '0');
}
