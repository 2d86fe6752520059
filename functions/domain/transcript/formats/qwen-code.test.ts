import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const at = (second: number) => `2026-06-06T06:06:0${second}.000Z`;
let last: string | null = null;

function record(type: string, uuid: string, second: number, more: object) {
  const parentUuid = last;
  last = uuid;
  const session = { sessionId: 'session-q', cwd: '/work', version: '0.9.1' };
  return { uuid, parentUuid, timestamp: at(second), type, ...session, ...more };
}
const user = (parts: unknown[]) => ({ message: { role: 'user', parts } });
const model = (parts: unknown[]) => ({ model: 'qwen9-coder', message: { role: 'model', parts } });

const session = [
  record('system', 's1', 0, {
    subtype: 'slash_command',
    systemPayload: { phase: 'invocation', rawCommand: '/init' },
  }),
  record('system', 's2', 0, {
    subtype: 'slash_command',
    systemPayload: { phase: 'result', rawCommand: '/init' },
  }),
  record(
    'user',
    'u1',
    1,
    user([{ text: 'Rename it.' }, { text: '<qwen:hook-context>\nx\n</qwen:hook-context>' }]),
  ),
  record('assistant', 'a1', 2, {
    ...model([
      { text: 'A name.', thought: true },
      { text: 'I rename.' },
      { functionCall: { id: 'c1', name: 'edit', args: { file_path: 'a.rs' } } },
    ]),
    usageMetadata: { promptTokenCount: 40, candidatesTokenCount: 4, cachedContentTokenCount: 30 },
  }),
  record('tool_result', 't1', 3, {
    ...user([{ functionResponse: { id: 'c1', name: 'edit', response: { output: 'denied' } } }]),
    toolCallResult: { callId: 'c1', status: 'error' },
  }),
  record('user', 'n1', 4, { ...user([{ text: 'A task ended.' }]), subtype: 'notification' }),
  record('user', 'u2', 5, { ...user([{ text: 'Wait, the other one.' }]), subtype: 'mid_turn_user_message' }),
  record('assistant', 'a2', 6, {
    ...model([{ text: 'Done.' }]),
    usageMetadata: { promptTokenCount: 50, candidatesTokenCount: 1 },
  }),
];

test('a session of Qwen Code is read', () => {
  const { summary, events } = readText(jsonLines(...session));
  expect(summary).toMatchObject({
    agent: 'qwen-code',
    format: 'qwen-code',
    agentVersion: '0.9.1',
    sessionIds: ['session-q'],
    models: ['qwen9-coder'],
    startedAt: at(0),
    endedAt: at(6),
    userMessages: 2,
    userCommands: 1,
    assistantMessages: 2,
    toolCalls: 1,
    toolNames: ['edit'],
    toolCallsPaired: true,
    inputTokens: 90,
    outputTokens: 5,
    languages: ['Rust'],
    hasThinking: true,
    hasSubagents: false,
  });
  expect(events.filter((event) => event.kind !== 'session')).toMatchObject([
    { purpose: 'command', text: '/init' },
    { purpose: 'context', text: expect.stringContaining('qwen:hook-context') },
    { purpose: 'prompt', text: 'Rename it.', id: 'u1', parentId: 's2' },
    { role: 'assistant', text: 'I rename.', id: 'a1', parentId: 'u1' },
    { kind: 'thinking', text: 'A name.' },
    { kind: 'tool_call', id: 'c1', input: { file_path: 'a.rs' }, messageId: 'a1' },
    { kind: 'usage', input: 40, output: 4 },
    { kind: 'tool_result', callId: 'c1', text: 'denied', failed: true },
    { purpose: 'context', text: 'A task ended.' },
    { purpose: 'prompt', text: 'Wait, the other one.' },
    { role: 'assistant', text: 'Done.' },
    { kind: 'usage' },
  ]);
});

test('one message told in several records counts once', () => {
  const parts = [
    record('assistant', 'same', 1, model([{ text: 'Hm.', thought: true }])),
    record('assistant', 'same', 2, model([{ text: 'Yes.' }])),
  ];
  expect(readText(jsonLines(...parts)).summary?.assistantMessages).toBe(1);
});

test('results may come as type user, and are no prompt', () => {
  const result = user([{ functionResponse: { id: 'c1', name: 'edit', response: { output: 'ok' } } }]);
  const { summary } = readText(jsonLines(...session.slice(2, 4), record('user', 'r', 7, result)));
  expect(summary).toMatchObject({ userMessages: 1, toolCallsPaired: true });
});

test("a subagent's records are told apart from Claude Code's by their parts", () => {
  const asked = { ...user([{ text: 'Look.' }]), isSidechain: true, agentId: 'explore-1' };
  const { summary } = readText(jsonLines(record('user', 'x1', 1, asked), ...session));
  expect(summary).toMatchObject({ agent: 'qwen-code', userMessages: 2, hasSubagents: true });
});

test('a compression is a compaction with its summary', () => {
  const systemPayload = { info: {}, compressedHistory: [{ role: 'user', parts: [{ text: 'So far.' }] }] };
  const { events } = readText(
    jsonLines(...session, record('system', 'k', 8, { subtype: 'chat_compression', systemPayload })),
  );
  expect(events).toContainEqual(expect.objectContaining({ kind: 'compaction', text: 'So far.' }));
});

test('a session that begins with nothing but notices of the system is taken for one', () => {
  const systemPayload = { uiEvent: { model: 'qwen9-coder' } };
  const notices = Array.from({ length: 25 }, (_, number) =>
    record('system', `s${number}`, 1, { subtype: 'ui_telemetry', systemPayload }),
  );
  expect(readText(jsonLines(...notices, ...session)).summary).toMatchObject({
    agent: 'qwen-code',
    assistantMessages: 2,
  });
});

test('an envelope without messages of this kind is not a session of Qwen Code', () => {
  const records = [{ uuid: 'u', sessionId: 's', type: 'user', message: { role: 'user', content: 'hello' } }];
  expect(readText(jsonLines(...records, ...records)).summary?.agent).not.toBe('qwen-code');
  const parts = [{ uuid: 'u', sessionId: 's', type: 'page-view', message: { parts: [] } }];
  expect(readText(jsonLines(...parts, ...parts)).summary).toBeNull();
});
