import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const head = `# Plums and pears

**Session ID:** ses_7
**Created:** 5/18/2026, 3:01:15 PM
**Updated:** 5/19/2026, 12:03:31 PM

---

`;
const tool = (name: string, input: unknown, output: string, kind = 'Output') =>
  `**Tool: ${name}**\n\n**Input:**\n\`\`\`json\n${JSON.stringify(input, null, 2)}\n\`\`\`\n\n**${kind}:**\n\`\`\`\n${output}\n\`\`\`\n\n`;
const user = (text: string) => `## User\n\n${text}\n\n---\n\n`;
const answer = (body: string, meta = ' (Build · opus-9 · 5.9s)') => `## Assistant${meta}\n\n${body}---\n\n`;

const shared =
  head +
  user('Weigh them.') +
  answer(
    `I weigh.\n\n_Thinking:_\n\nA scale.\n\n${tool('bash', { command: 'weigh' }, '# Report\n\n```\n3 kg\n```\n\n## User\n\nbye')}${tool('read', { filePath: 'a.lua' }, 'no file', 'Error')}`,
  ) +
  answer('Three kilos.\n\n---\n\nMore or less.\n\n', ' (Plan · gpt-9 mini)') +
  user('Thanks.\n\n**Tool: none**');

test('a shared session of OpenCode is read by its headings', () => {
  const { summary, events } = readText(shared);
  expect(summary).toMatchObject({
    agent: 'opencode',
    format: 'opencode-md',
    rendered: true,
    sessionIds: ['ses_7'],
    models: ['gpt-9 mini', 'opus-9'],
    startedAt: '2026-05-18T15:01:15',
    endedAt: '2026-05-19T12:03:31',
    userMessages: 2,
    assistantMessages: 2,
    toolCalls: 2,
    toolNames: ['bash', 'read'],
    toolCallsPaired: true,
    languages: ['Lua'],
    inputTokens: null,
    truncated: null,
  });
  expect(events.slice(3)).toMatchObject([
    { role: 'user', text: 'Weigh them.' },
    { role: 'assistant', text: 'I weigh.', model: 'opus-9' },
    { kind: 'thinking', text: 'A scale.' },
    { kind: 'tool_call', name: 'bash', input: { command: 'weigh' } },
    { kind: 'tool_result', text: '# Report\n\n```\n3 kg\n```\n\n## User\n\nbye', failed: false },
    { kind: 'tool_call', name: 'read' },
    { kind: 'tool_result', text: 'no file', failed: true },
    { role: 'assistant', text: 'Three kilos.\n\n---\n\nMore or less.' },
    { role: 'user', text: 'Thanks.\n\n**Tool: none**' },
  ]);
});

test('a session shared without details tells of its tools all the same', () => {
  const { summary } = readText(`${head}${user('Go.')}${answer('Yes.\n\n**Tool: glob**\n\n', '')}`);
  expect(summary).toMatchObject({ assistantMessages: 1, models: null, toolNames: ['glob'] });
});

test('a session printed inside the output of a tool is not counted', () => {
  const quoted = `${head}${user('Inner.')}${answer('Inner too.\n\n')}`;
  const { summary } = readText(`${head}${user('Outer.')}${answer(tool('read', {}, quoted))}`);
  expect(summary).toMatchObject({ userMessages: 1, assistantMessages: 1, toolCalls: 1 });
});

test.each([
  ['a page that quotes one', `Shared sessions look so:\n\n\`\`\`\n${shared}\n\`\`\``],
  ['a report with another session id', '# Report\n\n**Session ID:** 42\n**Created:** today\n\n## User\n\nhi'],
  ['a chat', '# Chat\n\n## User\n\nhi\n\n---\n\n## Assistant\n\nhello'],
])('%s is not a session', (_, text) => {
  expect(readText(text).summary).toBeNull();
});
