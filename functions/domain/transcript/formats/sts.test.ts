import { describe, expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const at = Date.UTC(2026, 3, 1);
const header = { type: 'session', harness: 'claude_code', id: 'b1', name: 'A thing' };
const message = (told: object) => ({ type: 'message', message: told });
const lines = [
  message({ role: 'system', content: 'Help.' }),
  message({ role: 'user', content: 'Where?', timestamp: at }),
  message({
    role: 'assistant',
    content: 'I look.',
    reasoningContent: 'pwd',
    toolCalls: [{ id: 'c1', function: { name: 'shell', arguments: '{"path":"a.kt"}' } }],
    timestamp: at + 1000,
    model: 'z/glm-9',
  }),
  message({ role: 'tool', content: '/w', toolCallId: 'c1', timestamp: at + 2000 }),
];

describe('STS-Format', () => {
  test('is counted, under the agent its harness names', () => {
    expect(readText(jsonLines(header, ...lines)).summary).toMatchObject({
      format: 'sts',
      agent: 'claude-code',
      agentVersion: null,
      sessionIds: ['b1'],
      models: ['z/glm-9'],
      userMessages: 1,
      assistantMessages: 1,
      toolCalls: 1,
      toolNames: ['shell'],
      toolCallsPaired: true,
      languages: ['Kotlin'],
      startedAt: '2026-04-01T00:00:00.000Z',
      endedAt: '2026-04-01T00:00:02.000Z',
      hasThinking: true,
    });
  });

  test('a harness we do not know is null', () => {
    expect(readText(jsonLines({ ...header, harness: 'llama.app' }, ...lines)).summary).toMatchObject({
      format: 'sts',
      agent: null,
    });
  });

  test('more keys in the header do not make it pi’s, which has no harness', () => {
    const extra = { cwd: '/w', timestamp: '2026-04-01T00:00:00Z', version: 3 };
    expect(readText(jsonLines({ ...header, ...extra }, ...lines)).summary?.format).toBe('sts');
    const { harness: _, ...pi } = { ...header, ...extra };
    expect(readText(jsonLines(pi, ...lines)).summary?.format).not.toBe('sts');
  });

  test('a harness without an id, or after other lines, is not it', () => {
    expect(readText(jsonLines({ type: 'session', harness: 'x' }, ...lines)).summary?.format).not.toBe('sts');
    expect(readText(jsonLines({ type: 'note' }, header)).summary).toBeNull();
  });

  test('what we write into it besides says what counts, and whose a conversation is', () => {
    const own = [
      message({ role: 'system', purpose: 'command', content: '/clear' }),
      message({ role: 'system', purpose: 'context', content: 'Be brief' }),
      message({ role: 'system', purpose: 'compaction', content: 'It went on' }),
      message({ role: 'assistant', uncounted: true, content: '' }),
      message({
        role: 'assistant',
        content: '',
        toolCalls: [{ id: 'c2', function: { name: 'x', arguments: '{}' }, uncounted: true }],
      }),
    ];
    const { summary, events } = readText(jsonLines({ ...header, agent_version: '2.0.1' }, ...own, ...lines));
    expect(summary).toMatchObject({
      agentVersion: '2.0.1',
      userMessages: 1,
      userCommands: 1,
      assistantMessages: 2,
      toolCalls: 1,
    });
    expect(events.map(({ kind }) => kind)).toContain('compaction');
    expect(readText(jsonLines({ ...header, subagent: 'a7' }, ...lines)).summary).toMatchObject({
      userMessages: 0,
      assistantMessages: 1,
      hasSubagents: true,
    });
  });
});
