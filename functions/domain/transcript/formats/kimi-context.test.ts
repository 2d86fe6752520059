import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const session = jsonLines(
  { role: '_system_prompt', content: 'You are helpful.' },
  { role: '_checkpoint', id: 0 },
  { role: 'user', content: [{ type: 'text', text: '<system>CHECKPOINT 0</system>' }] },
  { role: 'user', content: 'Count the files' },
  {
    role: 'assistant',
    content: [
      { type: 'think', think: 'ls will do' },
      { type: 'text', text: 'Counting.' },
    ],
    tool_calls: [{ type: 'function', id: 'c1', function: { name: 'Shell', arguments: '{"command":"ls"}' } }],
  },
  { role: '_usage', token_count: 4321 },
  { role: 'tool', content: [{ type: 'text', text: 'a\nb' }], tool_call_id: 'c1' },
  { role: 'assistant', content: 'Two.' },
  { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
);

describe('context.jsonl of Kimi CLI', () => {
  test('is counted; checkpoints are no prompts, the context size is no sum of tokens', () => {
    expect(readText(session).summary).toMatchObject({
      format: 'kimi-cli-context',
      agent: 'kimi-cli',
      userMessages: 2,
      assistantMessages: 2,
      toolCalls: 1,
      toolCallsPaired: true,
      toolNames: ['Shell'],
      inputTokens: null,
      outputTokens: null,
      startedAt: null,
      hasThinking: true,
      hasSubagents: null,
    });
  });

  test('keeps what was said, thought, called and shown', () => {
    const { events } = readText(session);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'thinking', text: 'ls will do' }));
    expect(events).toContainEqual(expect.objectContaining({ kind: 'tool_call', input: { command: 'ls' } }));
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'tool_result', callId: 'c1', text: 'a\nb' }),
    );
    expect(events).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/png' }));
  });

  test('plain chat messages are not a session', () => {
    const chat = [
      { role: 'system', content: 'x' },
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'hello' },
    ];
    expect(readText(jsonLines(...chat)).summary).toBeNull();
    expect(readText(jsonLines(...chat, { role: '_usage' })).summary).toBeNull();
  });
});
