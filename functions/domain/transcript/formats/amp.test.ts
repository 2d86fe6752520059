import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const thread = {
  v: 12,
  id: 'T-0a1b',
  created: Date.UTC(2026, 0, 2, 3, 4, 5),
  title: 'Ports',
  env: { initial: { trees: [{ displayName: 'service' }] } },
  messages: [
    {
      role: 'user',
      messageId: 0,
      meta: { sentAt: Date.UTC(2026, 0, 2, 3, 4, 6) },
      content: [
        { type: 'text', text: 'Which ports are open?' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      ],
    },
    {
      role: 'assistant',
      messageId: 1,
      content: [
        { type: 'thinking', thinking: 'I look.' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'c1', name: 'Read', input: { path: 'main.go' } },
        { type: 'tool_use', id: 'c2', name: 'Bash', input: { command: 'ss' } },
      ],
      usage: {
        model: 'opus-9',
        inputTokens: 5,
        cacheCreationInputTokens: 10,
        cacheReadInputTokens: 100,
        outputTokens: 7,
        timestamp: '2026-01-02T03:04:07.000Z',
      },
    },
    {
      role: 'user',
      messageId: 2,
      content: [
        {
          type: 'tool_result',
          toolUseID: 'c1',
          run: { status: 'done', result: { content: 'package main' } },
        },
        {
          type: 'tool_result',
          toolUseID: 'c2',
          run: { status: 'error', error: { message: 'no such command' } },
        },
      ],
    },
    {
      role: 'assistant',
      messageId: 3,
      content: [{ type: 'text', text: 'Two.' }],
      usage: { outputTokens: 2 },
    },
  ],
  meta: { traces: [{ endTime: '2026-01-02T03:05:00Z' }] },
};

test('a thread of Amp is read with its usage, cached tokens included', () => {
  expect(readText(JSON.stringify(thread, null, 2)).summary).toMatchObject({
    agent: 'amp',
    format: 'amp',
    agentVersion: null,
    sessionIds: ['T-0a1b'],
    models: ['opus-9'],
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: '2026-01-02T03:05:00.000Z',
    userMessages: 1,
    assistantMessages: 2,
    toolCalls: 2,
    toolNames: ['Bash', 'Read'],
    inputTokens: 115,
    outputTokens: 9,
    languages: ['Go'],
    toolCallsPaired: true,
    hasThinking: true,
    firstPromptPresent: true,
  });
});

test('results keep their words and whether they failed', () => {
  const { events } = readText(JSON.stringify(thread));
  expect(events.filter((event) => event.kind === 'tool_result')).toMatchObject([
    { callId: 'c1', text: 'package main', failed: false },
    { callId: 'c2', text: 'no such command', failed: true },
  ]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/png' }));
});

test('a result of another shape is kept as JSON, and one in the shape of Anthropic as it is', () => {
  const results = [
    { type: 'tool_result', toolUseID: 'c1', run: { status: 'done', result: { matches: 3 } } },
    { type: 'tool_result', tool_use_id: 'c2', content: [{ type: 'text', text: 'plain' }], is_error: true },
  ];
  const { events } = readText(JSON.stringify({ ...thread, messages: [{ role: 'user', content: results }] }));
  expect(events.filter((event) => event.kind === 'tool_result')).toMatchObject([
    { callId: 'c1', text: '{"matches":3}', failed: false },
    { callId: 'c2', text: 'plain', failed: true },
  ]);
});

test('an older thread has its usage in a ledger', () => {
  const older = {
    id: 'T-1',
    created: thread.created,
    agentMode: 'smart',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
    usageLedger: {
      events: [
        { timestamp: '2026-01-02T04:00:00Z', model: 'o9', tokens: { input: 3, output: 4 } },
        { timestamp: '2026-01-02T05:00:00Z', model: 'o9', tokens: { input: 30, output: 40 } },
      ],
    },
  };
  expect(readText(JSON.stringify(older)).summary).toMatchObject({
    models: ['o9'],
    inputTokens: 33,
    outputTokens: 44,
    endedAt: '2026-01-02T05:00:00.000Z',
    toolCalls: 0,
  });
});

test('an object with an id and messages is not yet a thread', () => {
  const others = [
    { ...thread, id: 'chat-1' },
    { id: 'T-1', messages: [] },
    { ...thread, messages: {} },
    [thread.messages],
  ];
  for (const other of others) expect(readText(JSON.stringify(other)).summary).toBeNull();
});

test('junk at every key is skipped', () => {
  for (const junk of [
    null,
    1,
    'a',
    [],
    [null, 5, [[]]],
    {},
    { type: 'tool_result', run: 3 },
    { type: 'summary' },
  ]) {
    const messages = [junk, { role: 'user', content: junk }, { role: 'user', content: [junk] }];
    const odd = { ...thread, messages, meta: junk, usageLedger: junk, env: junk, title: junk };
    expect(readText(JSON.stringify(odd)).summary).toMatchObject({ format: 'amp', assistantMessages: 0 });
  }
});
