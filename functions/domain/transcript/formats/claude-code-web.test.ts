import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const loglines = [
  { type: 'summary', summary: 'Frogs' },
  { type: 'user', timestamp: '2026-02-01T10:00:00Z', message: { role: 'user', content: 'Count the frogs' } },
  {
    type: 'assistant',
    timestamp: '2026-02-01T10:00:05Z',
    message: {
      role: 'assistant',
      content: [
        { type: 'text', text: 'Counting.' },
        { type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'ls frogs' } },
      ],
    },
  },
  {
    type: 'user',
    timestamp: '2026-02-01T10:00:06Z',
    message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'two' }] },
  },
];

test('the lines inside the document are read as lines of a file', () => {
  const { summary } = readText(JSON.stringify({ loglines }, null, 2));
  expect(summary).toMatchObject({
    agent: 'claude-code',
    format: 'claude-code-web',
    userMessages: 1,
    assistantMessages: 1,
    toolCalls: 1,
    toolCallsPaired: true,
    endedAt: '2026-02-01T10:00:06.000Z',
  });
});

test('log lines of something else are no session', () => {
  for (const document of [
    { loglines: ['GET /', 'GET /favicon.ico'] },
    { loglines: [{ type: 'info', message: 'started' }] },
    { loglines: [] },
    { loglines: null },
  ]) {
    expect(readText(JSON.stringify(document)).summary).toBeNull();
  }
});

test('junk between the lines is skipped', () => {
  const { summary } = readText(
    JSON.stringify({ loglines: [null, 1, 'x', [], {}, ...loglines, { type: 'user' }] }),
  );
  expect(summary).toMatchObject({ userMessages: 1, toolCallsPaired: true });
});
