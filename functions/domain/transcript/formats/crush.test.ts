import { describe, expect, test } from 'vitest';
import { readText } from '../testing.ts';

const created = '2026-03-01T09:00:00+01:00';
const session = {
  meta: {
    id: 'abc',
    uuid: '5a0c',
    title: 'A title',
    created,
    modified: '2026-03-01T09:05:00+01:00',
    cost: 0.1,
    prompt_tokens: 900,
    completion_tokens: 40,
    total_tokens: 940,
  },
  messages: [
    { id: 'm1', role: 'user', created, parts: [{ type: 'text', text: 'Add a test' }, { type: 'finish' }] },
    {
      id: 'm2',
      role: 'assistant',
      created,
      model: 'glm-9',
      provider: 'z',
      parts: [
        { type: 'reasoning', thinking: 'where?' },
        { type: 'text', text: 'Writing it.' },
        { type: 'tool_call', tool_call_id: 't1', name: 'write', input: '{"file_path":"a_test.go"}' },
        { type: 'finish', reason: 'tool_use', time: 1_772_352_600 },
      ],
    },
    {
      id: 'm3',
      role: 'tool',
      created,
      parts: [{ type: 'tool_result', tool_call_id: 't1', name: 'write', content: 'ok' }],
    },
    { id: 'm4', role: 'user', created, parts: [{ type: 'binary', mime_type: 'image/png', size: 9 }] },
  ],
};

describe('crush session show --json', () => {
  test('is counted; the tokens are of one request only and left out', () => {
    expect(readText(JSON.stringify(session)).summary).toMatchObject({
      format: 'crush',
      agent: 'crush',
      sessionIds: ['5a0c'],
      models: ['glm-9'],
      userMessages: 2,
      assistantMessages: 1,
      toolCalls: 1,
      toolCallsPaired: true,
      toolNames: ['write'],
      languages: ['Go'],
      hasThinking: true,
      inputTokens: null,
      outputTokens: null,
      startedAt: '2026-03-01T08:00:00.000Z',
      endedAt: '2026-03-01T08:10:00.000Z',
    });
  });

  test('keeps results and attachments', () => {
    const { events } = readText(JSON.stringify(session, null, 2));
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'tool_result', text: 'ok', failed: false }),
    );
    expect(events).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/png' }));
  });

  test('the list of sessions, or other messages with parts, are not a session', () => {
    expect(readText(JSON.stringify([session.meta])).summary).toBeNull();
    expect(readText(JSON.stringify({ meta: { id: 'x' }, messages: session.messages })).summary).toBeNull();
    expect(
      readText(JSON.stringify({ ...session, messages: [{ role: 'user', content: 'x' }] })).summary,
    ).toBeNull();
  });
});
