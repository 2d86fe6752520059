import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const header = {
  working_dir: '/srv/service',
  description: 'Ports',
  message_count: 4,
  total_tokens: 50,
  input_tokens: 40,
  output_tokens: 10,
  accumulated_total_tokens: 500,
  accumulated_input_tokens: 400,
  accumulated_output_tokens: 100,
};
const created = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000;
const messages = [
  { role: 'user', created, content: [{ type: 'text', text: 'Which ports are open?' }] },
  {
    id: 'm2',
    role: 'assistant',
    created: created + 1,
    content: [
      { type: 'thinking', thinking: 'I look.', signature: '' },
      { type: 'text', text: 'I look.' },
      {
        type: 'toolRequest',
        id: 'c1',
        toolCall: { status: 'success', value: { name: 'developer__shell', arguments: { command: 'ss' } } },
      },
      {
        type: 'frontendToolRequest',
        id: 'c2',
        toolCall: { status: 'success', value: { name: 'show', arguments: {} } },
      },
    ],
  },
  {
    role: 'user',
    created: created + 2,
    content: [
      {
        type: 'toolResponse',
        id: 'c1',
        toolResult: { status: 'success', value: [{ type: 'text', text: '80\n443' }] },
      },
      { type: 'toolResponse', id: 'c2', toolResult: { status: 'error', error: 'no window' } },
    ],
  },
  {
    role: 'user',
    created: created + 3,
    metadata: { userVisible: false, agentVisible: true },
    content: [{ type: 'text', text: 'Summary of what was said.' }],
  },
  { role: 'assistant', created: created + 4, content: [{ type: 'text', text: 'Two.' }] },
];

const counts = {
  agent: 'goose',
  agentVersion: null,
  startedAt: '2026-01-02T03:04:05.000Z',
  userMessages: 1,
  assistantMessages: 2,
  toolCalls: 2,
  toolNames: ['developer__shell', 'show'],
  inputTokens: 400,
  outputTokens: 100,
  toolCallsPaired: true,
  hasThinking: true,
};

test('an old session of Goose is a header and messages', () => {
  expect(readText(jsonLines(header, ...messages)).summary).toMatchObject({
    ...counts,
    format: 'goose',
    models: null,
    sessionIds: null,
    endedAt: '2026-01-02T03:04:09.000Z',
  });
});

test('an export of Goose holds the same messages, and names the model', () => {
  const exported = {
    ...header,
    id: '20260102_3',
    name: 'Ports',
    session_type: 'user',
    created_at: '2026-01-02T03:04:05Z',
    updated_at: '2026-01-02T03:06:00Z',
    extension_data: {},
    provider_name: 'anthropic',
    model_config: { model_name: 'opus-9' },
    conversation: messages,
  };
  expect(readText(JSON.stringify(exported, null, 2)).summary).toMatchObject({
    ...counts,
    format: 'goose-export',
    models: ['opus-9'],
    sessionIds: ['20260102_3'],
    endedAt: '2026-01-02T03:06:00.000Z',
    hasSubagents: null,
  });
  const sub = readText(JSON.stringify({ ...exported, session_type: 'sub_agent' })).summary;
  expect(sub).toMatchObject({ hasSubagents: true, userMessages: 0 });
});

test('results keep their words and whether they failed', () => {
  const { events } = readText(jsonLines(header, ...messages));
  expect(events.filter((event) => event.kind === 'tool_result')).toMatchObject([
    { callId: 'c1', text: '80\n443', failed: false },
    { callId: 'c2', text: 'no window', failed: true },
  ]);
});

test('a session whose header was cut off is told by its tool calls', () => {
  expect(readText(jsonLines(...messages)).summary).toMatchObject({ format: 'goose', inputTokens: null });
  expect(readText(jsonLines(...messages.slice(4))).summary).toBeNull();
});

test('a header of an old session alone is a session of nothing', () => {
  expect(readText(jsonLines(header)).summary).toMatchObject({ format: 'goose', userMessages: 0 });
});

test('other files with some of the keys are not taken for Goose', () => {
  const others = [
    { description: 'a list', message_count: 3 },
    { working_dir: '/srv', conversation: [] },
    { conversation: messages, message_count: 5 },
    { role: 'user', created, content: 'hello' },
  ];
  for (const other of others) expect(readText(jsonLines(other, other)).summary).toBeNull();
});

test('junk at every key is skipped', () => {
  for (const junk of [
    null,
    1,
    'a',
    [],
    [null],
    {},
    { type: 'toolRequest' },
    { type: 'toolResponse', toolResult: 4 },
  ]) {
    const odd = [
      junk,
      { role: 'user', created, content: junk },
      { role: 'user', created: junk, content: [junk] },
    ];
    expect(readText(jsonLines(header, ...odd)).summary).toMatchObject({
      userMessages: 0,
      assistantMessages: 0,
    });
    const exported = { working_dir: junk, message_count: junk, extension_data: junk, conversation: odd };
    expect(readText(JSON.stringify(exported)).summary).toMatchObject({ userMessages: 0 });
  }
});
