import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const minute = (second: number) => `2026-01-10T08:00:${String(second).padStart(2, '0')}.000Z`;

const session = {
  sessionId: 'session-a',
  projectHash: 'f00d',
  startTime: minute(0),
  lastUpdated: minute(59),
  messages: [
    { id: 'm0', timestamp: minute(0), type: 'user', content: '<session_context>\nThis is the Gemini CLI.' },
    { id: 'm1', timestamp: minute(1), type: 'user', content: [{ text: 'Count the ' }, { text: 'pears' }] },
    { id: 'm2', timestamp: minute(2), type: 'info', content: 'A new version is there.' },
    {
      id: 'm3',
      timestamp: minute(5),
      type: 'gemini',
      content: 'I count.',
      model: 'gemini-9-pro',
      thoughts: [{ subject: 'Pears', description: 'There may be many.', timestamp: minute(3) }],
      tokens: { input: 100, output: 7, cached: 90, thoughts: 50, tool: 0, total: 157 },
      toolCalls: [
        {
          id: 'c1',
          name: 'read_file',
          args: { file_path: 'pears.py' },
          status: 'success',
          timestamp: minute(6),
          result: [{ functionResponse: { id: 'c1', name: 'read_file', response: { output: 'three' } } }],
        },
        {
          id: 'c2',
          name: 'run_shell_command',
          args: { command: 'pears' },
          status: 'error',
          result: [
            { functionResponse: { id: 'c2', name: 'run_shell_command', response: { error: 'no pears' } } },
          ],
        },
      ],
    },
    { id: 'm4', timestamp: minute(8), type: 'gemini', content: 'Three.', tokens: { input: 120, output: 2 } },
  ],
};

test('a session of Gemini CLI is read, pretty-printed or on one line', () => {
  for (const text of [JSON.stringify(session, null, 2), JSON.stringify(session)]) {
    expect(readText(text).summary).toMatchObject({
      agent: 'gemini-cli',
      format: 'gemini-cli',
      agentVersion: null,
      sessionIds: ['session-a'],
      models: ['gemini-9-pro'],
      startedAt: minute(0),
      endedAt: minute(8),
      userMessages: 1,
      userCommands: 0,
      assistantMessages: 2,
      toolCalls: 2,
      toolNames: ['read_file', 'run_shell_command'],
      inputTokens: 220,
      outputTokens: 9,
      languages: ['Python'],
      firstPromptPresent: true,
      toolCallsPaired: true,
      hasThinking: true,
      hasSubagents: null,
      truncated: false,
    });
  }
});

test('messages, thoughts, calls and results come in order with their content', () => {
  const { events } = readText(JSON.stringify(session));
  expect(events.filter((event) => event.kind !== 'session')).toMatchObject([
    { kind: 'message', role: 'user', purpose: 'context' },
    { kind: 'message', role: 'user', purpose: 'prompt', id: 'm1', text: 'Count the pears' },
    { kind: 'message', role: 'system', text: 'A new version is there.' },
    { kind: 'thinking', messageId: 'm3', text: 'Pears\nThere may be many.', at: minute(3) },
    { kind: 'message', role: 'assistant', id: 'm3', text: 'I count.', model: 'gemini-9-pro' },
    { kind: 'tool_call', id: 'c1', input: { file_path: 'pears.py' }, at: minute(6) },
    { kind: 'tool_result', callId: 'c1', text: 'three', failed: false },
    { kind: 'tool_call', id: 'c2' },
    { kind: 'tool_result', callId: 'c2', text: 'no pears', failed: true },
    { kind: 'usage', messageId: 'm3', input: 100, output: 7 },
    { kind: 'message', role: 'assistant', id: 'm4' },
    { kind: 'usage', messageId: 'm4' },
  ]);
});

test('a prompt that names a file is what was typed; the file read out is context', () => {
  const content = [{ text: 'See @plums.md' }, { text: '\n--- Content from referenced files ---\nplums' }];
  const prompt = { id: 'u', timestamp: minute(1), type: 'user', content, displayContent: 'See @plums.md' };
  const { summary, events } = readText(JSON.stringify({ ...session, messages: [prompt] }));
  expect(summary?.userMessages).toBe(1);
  expect(events.filter((event) => event.kind === 'message')).toMatchObject([
    { purpose: 'prompt', text: 'See @plums.md' },
    { purpose: 'context', text: expect.stringContaining('--- Content') },
  ]);
});

test('slash commands are commands, and a path is a prompt', () => {
  const said = ['/chat save x', '/tmp/a is full', '/help'];
  const messages = said.map((content, at) => ({ id: `${at}`, timestamp: minute(at), type: 'user', content }));
  expect(readText(JSON.stringify({ ...session, messages })).summary).toMatchObject({
    userMessages: 1,
    userCommands: 2,
  });
});

test('a result told again in the next turn is one result, and that turn is no prompt', () => {
  const again = {
    id: 'm5',
    timestamp: minute(9),
    type: 'user',
    content: [{ functionResponse: { id: 'c1', name: 'read_file', response: { output: 'three' } } }],
  };
  const { summary, events } = readText(
    JSON.stringify({ ...session, messages: [...session.messages, again] }),
  );
  expect(summary?.userMessages).toBe(1);
  expect(events.filter((event) => event.kind === 'tool_result')).toHaveLength(2);
});

test('a call that waits has no result, and a finished one without an id or an answer has', () => {
  const call = (status: string) => ({ name: 'glob', args: {}, status });
  const answer = (status: string) => ({
    id: 'a',
    timestamp: minute(1),
    type: 'gemini',
    content: '',
    toolCalls: [call(status)],
  });
  const paired = (status: string) =>
    readText(JSON.stringify({ ...session, messages: [answer(status)] })).summary?.toolCallsPaired;
  expect(paired('success')).toBe(true);
  expect(paired('awaiting_approval')).toBe(false);
});

test('a summary of earlier turns is a compaction, and the first prompt is then missing', () => {
  const messages = [
    { id: 'a', timestamp: minute(1), type: 'user', content: '<state_snapshot>we counted</state_snapshot>' },
    { id: 'b', timestamp: minute(2), type: 'user', content: 'Go on.' },
  ];
  const { summary, events } = readText(JSON.stringify({ ...session, messages }));
  expect(summary).toMatchObject({ userMessages: 1, firstPromptPresent: false });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'compaction' }));
});

test("what a subagent's session asks was typed by nobody", () => {
  const { summary } = readText(JSON.stringify({ ...session, kind: 'subagent' }));
  expect(summary).toMatchObject({ userMessages: 0, assistantMessages: 2, hasSubagents: true });
});

test('a session of notices only is one', () => {
  const messages = [{ id: 'a', timestamp: minute(1), type: 'warning', content: 'Disk is full.' }];
  expect(readText(JSON.stringify({ ...session, messages })).summary).toMatchObject({
    format: 'gemini-cli',
    userMessages: 0,
    assistantMessages: 0,
    toolCalls: 0,
  });
});

test('a cut session is read as far as it goes', () => {
  const text = JSON.stringify(session, null, 2);
  const { summary } = readText(text.slice(0, text.indexOf('no pears')));
  expect(summary).toMatchObject({
    format: 'gemini-cli',
    truncated: true,
    userMessages: 1,
    assistantMessages: 1,
  });
});

test.each([
  ['a chat with a session id', { sessionId: 'x', messages: [{ role: 'user', content: 'hello' }] }],
  ['a schema of such a file', { sessionId: {}, projectHash: {}, startTime: {}, messages: { type: 'array' } }],
  ['messages of another kind', { ...session, messages: [{ type: 'email', content: 'x', timestamp: 'y' }] }],
])('%s is not a session of Gemini CLI', (_, value) => {
  expect(readText(JSON.stringify(value)).summary).toBeNull();
});
