import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const preamble = {
  role: 'user',
  parts: [{ text: '<session_context>\nThis is the Gemini CLI. We are setting up the context.' }],
};
const turns = [
  { role: 'user', parts: [{ text: 'Where is the port set?' }] },
  {
    role: 'model',
    parts: [
      { text: 'It must be in a file.', thought: true },
      { text: 'I search.' },
      { functionCall: { id: 'c1', name: 'grep_search', args: { pattern: 'port' } } },
      { functionCall: { name: 'run_shell_command', args: { command: 'ss' } } },
    ],
  },
  {
    role: 'user',
    parts: [
      { functionResponse: { id: 'c1', name: 'grep_search', response: { output: 'main.go:3' } } },
      { functionResponse: { name: 'run_shell_command', response: { error: 'not found' } } },
      { text: 'The picture the tool wrote follows.' },
    ],
  },
  { role: 'model', parts: [{ text: 'In main.go.' }] },
  { role: 'user', parts: [{ text: 'I ran the following shell command:\n```sh\nls\n```' }] },
  { role: 'user', parts: [{ text: 'And this?' }, { inlineData: { mimeType: 'image/png', data: 'AA==' } }] },
];

test('a shared chat of Gemini CLI is read by its own first words', () => {
  const { summary, events } = readText(JSON.stringify([preamble, ...turns], null, 2));
  expect(summary).toMatchObject({
    agent: 'gemini-cli',
    format: 'gemini-share-json',
    models: null,
    startedAt: null,
    userMessages: 2,
    userCommands: 1,
    assistantMessages: 2,
    toolCalls: 2,
    toolNames: ['grep_search', 'run_shell_command'],
    toolCallsPaired: true,
    firstPromptPresent: true,
    hasThinking: true,
    hasSubagents: null,
    inputTokens: null,
  });
  expect(events.filter((event) => event.kind === 'tool_result')).toMatchObject([
    { callId: 'c1', text: 'main.go:3', failed: null },
    { text: 'not found', failed: true },
  ]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/png' }));
});

test('a preamble and a prompt in one turn are told apart', () => {
  const both = { role: 'user', parts: [...preamble.parts, { text: 'Hello.' }] };
  const { events } = readText(JSON.stringify([both, turns[1]]));
  expect(events.filter((event) => event.kind === 'message')).toMatchObject([
    { purpose: 'context' },
    { purpose: 'prompt', text: 'Hello.' },
    { role: 'assistant', text: 'I search.' },
  ]);
});

test('one without its first words is known by two tools of its own', () => {
  expect(readText(JSON.stringify(turns)).summary?.format).toBe('gemini-share-json');
});

test("any other history of Google's API is not a session", () => {
  const chat = [turns[0], { role: 'model', parts: [{ text: 'In main.go.' }] }];
  const calls = [turns[0], { role: 'model', parts: [{ functionCall: { name: 'read_file', args: {} } }] }];
  const quoted = [{ role: 'user', parts: [{ text: `${'x'.repeat(500)} This is the Gemini CLI` }] }];
  for (const history of [chat, calls, quoted]) {
    expect(readText(JSON.stringify(history)).summary).toBeNull();
    expect(readText(jsonLines(...history, ...history)).summary).toBeNull();
  }
});
