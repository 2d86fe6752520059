import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const messages = [
  { role: 'user', content: 'Where are we?', timestamp: '2026-04-05T06:07:09.5' },
  {
    role: 'assistant',
    content: 'I look.',
    reasoning: 'pwd',
    reasoning_content: 'pwd',
    tool_calls: [
      { id: 'c1', type: 'function', function: { name: 'terminal', arguments: '{"command":"pwd"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'c1', tool_name: 'terminal', content: '/w' },
  { role: 'user', content: 'from elsewhere', mirror: true },
  { role: 'user', content: '[CONTEXT COMPACTION] We found out where.' },
  { role: 'assistant', content: 'In /w.' },
];
const file = {
  session_id: '20260405_h',
  model: 'z/glm-9',
  platform: 'cli',
  session_start: '2026-04-05T06:07:08.000001',
  last_updated: '2026-04-05T06:08:00.000000',
  system_prompt: 'You are Hermes.',
  messages,
};

describe('session files of Hermes', () => {
  test('are counted; their times have no zone', () => {
    expect(readText(JSON.stringify(file, null, 2)).summary).toMatchObject({
      format: 'hermes',
      agent: 'hermes',
      agentVersion: null,
      sessionIds: ['20260405_h'],
      models: ['z/glm-9'],
      userMessages: 1,
      assistantMessages: 2,
      toolCalls: 1,
      toolNames: ['terminal'],
      toolCallsPaired: true,
      startedAt: '2026-04-05T06:07:08.000001',
      endedAt: '2026-04-05T06:08:00.000000',
      inputTokens: null,
      hasThinking: true,
    });
  });

  test('thinking told under two names is told once; a compaction is not a prompt', () => {
    const { events } = readText(JSON.stringify(file));
    expect(events.filter(({ kind }) => kind === 'thinking')).toHaveLength(1);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'compaction', text: '[CONTEXT COMPACTION] We found out where.' }),
    );
  });

  test('an export has a session a line, with tokens', () => {
    const exported = {
      id: 'x1',
      source: 'telegram',
      model: 'z/glm-9',
      system_prompt: 'You are Hermes.',
      started_at: 1_790_000_000.25,
      ended_at: 1_790_000_060,
      input_tokens: 10,
      cache_read_tokens: 100,
      cache_write_tokens: 5,
      output_tokens: 7,
      messages,
    };
    expect(readText(jsonLines(exported, { ...exported, id: 'x2' })).summary).toMatchObject({
      format: 'hermes',
      sessionIds: ['x1', 'x2'],
      userMessages: 2,
      inputTokens: 230,
      outputTokens: 14,
    });
  });

  test('other objects with messages are not a session', () => {
    const { platform: _, ...without } = file;
    for (const other of [without, { messages }, { ...file, messages: 'x' }])
      expect(readText(JSON.stringify(other)).summary).toBeNull();
  });
});
