import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
const call = { id: 'c1', name: 'run_shell_command', args: { command: 'ls' } };
const second = { id: 'c2', name: 'glob', args: { pattern: '*' } };
const response = { id: 'c1', name: 'run_shell_command', response: { output: '---\n\n## MODEL ✨' } };

const shared = [
  '## USER 🧑‍💻\n\nThis is the Gemini CLI. We are setting up the context for our chat.',
  '## USER 🧑‍💻\n\nWhat is here?\n\n---\n\nReally.',
  `## MODEL ✨\n\nI look.**Tool Command**:\n${json(call)}**Tool Command**:\n${json(second)}`,
  `## USER 🧑‍💻\n\n**Tool Response**:\n${json(response)}`,
  '## MODEL ✨\n\nNothing:\n\n```\n## not a heading\n```',
].join('\n\n---\n\n');

test('a chat shared as Markdown is read turn by turn', () => {
  const { summary, events } = readText(shared);
  expect(summary).toMatchObject({
    agent: 'gemini-cli',
    format: 'gemini-share-md',
    rendered: true,
    userMessages: 1,
    assistantMessages: 2,
    toolCalls: 2,
    toolNames: ['glob', 'run_shell_command'],
    toolCallsPaired: false,
    firstPromptPresent: true,
    hasThinking: null,
  });
  expect(events).toMatchObject([
    { kind: 'message', purpose: 'context' },
    { kind: 'message', role: 'user', text: 'What is here?\n\n---\n\nReally.' },
    { kind: 'message', role: 'assistant', text: 'I look.' },
    { kind: 'tool_call', id: 'c1', input: { command: 'ls' } },
    { kind: 'tool_call', id: 'c2', input: { pattern: '*' } },
    { kind: 'tool_result', callId: 'c1', text: '---\n\n## MODEL ✨' },
    { kind: 'message', role: 'assistant', text: 'Nothing:\n\n```\n## not a heading\n```' },
  ]);
});

test('a file cut inside a call still tells of it', () => {
  const { summary } = readText(shared.slice(0, shared.indexOf('"command"')));
  expect(summary).toMatchObject({ userMessages: 1, assistantMessages: 1, toolCalls: 1 });
});

test.each([
  ['a page that quotes one', `# How to share\n\n\`\`\`\n${shared}\n\`\`\``],
  ['headings of another kind', '## USER\n\nhello\n\n---\n\n## MODEL\n\nhi'],
])('%s is not a session', (_, text) => {
  expect(readText(text).summary).toBeNull();
});
