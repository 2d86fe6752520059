import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const time = Date.UTC(2026, 3, 4, 5, 6, 7);
const part = (type: string, more: object) => ({
  id: 'prt_1',
  sessionID: 'ses_1',
  messageID: 'msg',
  type,
  ...more,
});
const tokens = (input: number, output: number, read: number, write: number) => ({
  input,
  output,
  reasoning: 9,
  cache: { read, write },
});

const session = {
  info: {
    id: 'ses_1',
    title: 'Plums',
    version: '1.9.0',
    time: { created: time, updated: time + 90_000 },
  },
  messages: [
    {
      info: { id: 'msg_1', role: 'user', sessionID: 'ses_1', time: { created: time + 100 } },
      parts: [
        part('text', { text: 'Weigh them.' }),
        part('text', { text: 'Called the Read tool', synthetic: true }),
        part('file', { mime: 'image/jpeg', url: 'data:' }),
      ],
    },
    {
      info: {
        id: 'msg_2',
        role: 'assistant',
        parentID: 'msg_1',
        modelID: 'opus-9',
        providerID: 'p',
        tokens: tokens(2, 30, 100, 10),
        time: { created: time + 200, completed: time + 9000 },
      },
      parts: [
        part('step-start', {}),
        part('reasoning', { text: 'A scale.', time: { start: time + 300, end: time + 400 } }),
        part('text', { text: 'I weigh.' }),
        part('tool', {
          tool: 'read',
          callID: 'c1',
          state: {
            status: 'completed',
            input: { filePath: 'scale.rb' },
            output: '3 kg',
            time: { start: time + 500, end: time + 600 },
          },
        }),
        part('tool', { tool: 'bash', callID: 'c2', state: { status: 'error', input: {}, error: 'denied' } }),
        part('tool', {
          tool: 'task',
          callID: 'c3',
          state: { status: 'completed', input: {}, output: 'done', metadata: { sessionId: 'ses_2' } },
        }),
        part('tool', { tool: 'bash', callID: 'c4', state: { status: 'running', input: {} } }),
        part('text', { text: 'Three kilos.' }),
        part('step-finish', { tokens: tokens(2, 30, 100, 10) }),
      ],
    },
    {
      info: {
        id: 'msg_3',
        role: 'assistant',
        modelID: 'opus-9',
        error: { name: 'X', data: { message: 'Aborted' } },
      },
      parts: [],
    },
  ],
};

test('an exported session of OpenCode is read, whatever stands before it', () => {
  for (const text of [
    JSON.stringify(session, null, 2),
    JSON.stringify(session),
    `Exporting session: ses_1\n${JSON.stringify(session, null, 2)}`,
  ]) {
    expect(readText(text).summary).toMatchObject({
      agent: 'opencode',
      format: 'opencode',
      agentVersion: '1.9.0',
      sessionIds: ['ses_1'],
      models: ['opus-9'],
      startedAt: '2026-04-04T05:06:07.000Z',
      endedAt: '2026-04-04T05:06:16.000Z',
      userMessages: 1,
      assistantMessages: 2,
      toolCalls: 4,
      toolNames: ['bash', 'read', 'task'],
      toolCallsPaired: false,
      inputTokens: 112,
      outputTokens: 30,
      languages: ['Ruby'],
      firstPromptPresent: true,
      hasThinking: true,
      hasSubagents: true,
    });
  }
});

test('the parts of a message come in their order', () => {
  const { events } = readText(JSON.stringify(session));
  expect(events.slice(1, 13)).toMatchObject([
    { kind: 'message', role: 'user', purpose: 'prompt', id: 'msg_1', text: 'Weigh them.' },
    { kind: 'message', role: 'user', purpose: 'context', text: 'Called the Read tool' },
    { kind: 'attachment', mediaType: 'image/jpeg', messageId: 'msg_1' },
    { kind: 'thinking', text: 'A scale.', at: '2026-04-04T05:06:07.300Z' },
    { kind: 'message', role: 'assistant', id: 'msg_2', parentId: 'msg_1', text: 'I weigh.', model: 'opus-9' },
    { kind: 'tool_call', id: 'c1', name: 'read', input: { filePath: 'scale.rb' } },
    { kind: 'tool_result', callId: 'c1', text: '3 kg', failed: false, at: '2026-04-04T05:06:07.600Z' },
    { kind: 'tool_call', id: 'c2' },
    { kind: 'tool_result', callId: 'c2', text: 'denied', failed: true },
    { kind: 'tool_call', id: 'c3' },
    { kind: 'tool_result', callId: 'c3', subagent: 'ses_2' },
    { kind: 'tool_call', id: 'c4' },
  ]);
  expect(events).toContainEqual(expect.objectContaining({ role: 'system', text: 'Aborted' }));
});

test('a compaction is one, and the turn that asks for it was not typed', () => {
  const messages = [
    { info: { id: 'm', role: 'user' }, parts: [part('compaction', { auto: true })] },
    { info: { id: 'n', role: 'user' }, parts: [part('text', { text: 'Continue', synthetic: true })] },
    {
      info: { id: 'o', role: 'user' },
      parts: [part('text', { text: 'The following tool was executed by the user', synthetic: true })],
    },
  ];
  const { summary, events } = readText(JSON.stringify({ ...session, messages }));
  expect(summary).toMatchObject({ userMessages: 0, userCommands: 1, firstPromptPresent: false });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'compaction' }));
});

test("a subagent's session names its parent, and nobody typed its prompts", () => {
  const child = { ...session, info: { ...session.info, parentID: 'ses_0' } };
  expect(readText(JSON.stringify(child)).summary).toMatchObject({ userMessages: 0, assistantMessages: 2 });
});

test('a cut export is read as far as it goes', () => {
  const text = JSON.stringify(session, null, 2);
  expect(readText(text.slice(0, text.indexOf('denied'))).summary).toMatchObject({
    format: 'opencode',
    truncated: true,
    userMessages: 1,
    assistantMessages: 1,
  });
});

test.each([
  ['a chat', { info: { id: 'x' }, messages: [{ role: 'user', content: 'hi' }] }],
  [
    'one with parts and roles but no session of OpenCode',
    { messages: [{ info: { role: 'user' }, parts: [] }] },
  ],
  ['a list', { info: { id: 'ses_1' }, messages: 'none' }],
])('%s is not a session', (_, value) => {
  expect(readText(JSON.stringify(value)).summary).toBeNull();
});
