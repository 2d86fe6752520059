import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const header = {
  role: 'session_meta',
  tools: [{ type: 'function', function: { name: 'terminal' } }],
  model: 'z/glm-9',
  platform: 'slack',
  timestamp: '2026-04-18T19:26:00.214787',
};
const lines = [
  { role: 'user', content: 'Hello', timestamp: '2026-04-18T19:26:05' },
  { role: 'assistant', content: 'Hi.', timestamp: '2026-04-18T19:26:09' },
];

describe('transcripts of Hermes’ gateway', () => {
  test('are counted', () => {
    expect(readText(jsonLines(header, ...lines)).summary).toMatchObject({
      format: 'hermes-gateway',
      agent: 'hermes',
      models: ['z/glm-9'],
      userMessages: 1,
      assistantMessages: 1,
      toolCalls: 0,
      startedAt: '2026-04-18T19:26:00.214787',
      endedAt: '2026-04-18T19:26:09',
    });
  });

  test('a header of 300 KB is no hindrance', () => {
    const tools = Array(3000).fill({ type: 'function', description: 'x'.repeat(100) });
    expect(readText(jsonLines({ ...header, tools }, ...lines)).summary?.userMessages).toBe(1);
  });

  test('messages without the header, or with another program’s, are not a session', () => {
    expect(readText(jsonLines(...lines)).summary).toBeNull();
    expect(
      readText(jsonLines({ role: 'session_meta', tools: [], cwd: '/', todos: {} }, ...lines)).summary,
    ).toBeNull();
  });
});
