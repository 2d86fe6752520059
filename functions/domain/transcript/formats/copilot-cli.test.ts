import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

let number = 0;
function event(type: string, second: number, data: object, more: object = {}) {
  number += 1;
  return { type, data, id: `e${number}`, timestamp: at(second), parentId: `e${number - 1}`, ...more };
}
const at = (second: number) => `2026-02-02T02:02:0${second}.000Z`;

const start = event('session.start', 0, {
  sessionId: 'session-p',
  version: 1,
  producer: 'copilot-agent',
  copilotVersion: '1.2.3',
  startTime: at(0),
  selectedModel: 'auto',
});
const session = [
  start,
  event('session.info', 0, { infoType: 'x', message: 'Folder is trusted.' }),
  event('user.message', 1, {
    content: 'Which files?',
    transformedContent: '<current_datetime>…',
    attachments: [
      { type: 'blob', mimeType: 'image/png', data: '' },
      { type: 'file', path: 'a' },
    ],
  }),
  event('user.message', 1, { content: 'A skill says …', source: 'skill-pdf' }),
  event('assistant.message', 2, {
    messageId: 'm1',
    content: 'I look.',
    model: 'gpt-9',
    reasoningText: 'Look first.',
    toolRequests: [{ toolCallId: 'c1', name: 'bash', arguments: { command: 'ls' } }],
    outputTokens: 12,
  }),
  event('tool.execution_start', 3, { toolCallId: 'c1', toolName: 'bash', arguments: { command: 'ls' } }),
  event('tool.execution_complete', 4, { toolCallId: 'c1', success: true, result: { content: 'a b' } }),
  event('tool.execution_start', 4, { toolCallId: 'c2', toolName: 'view', arguments: { path: 'a.kt' } }),
  event('tool.execution_complete', 5, { toolCallId: 'c2', success: false, error: { message: 'gone' } }),
  event('assistant.message', 6, { messageId: 'm2', content: 'Two.', outputTokens: 3 }),
];

test('a session of Copilot CLI is read', () => {
  const { summary, events } = readText(jsonLines(...session));
  expect(summary).toMatchObject({
    agent: 'copilot-cli',
    format: 'copilot-cli',
    agentVersion: '1.2.3',
    sessionIds: ['session-p'],
    models: ['gpt-9'],
    startedAt: at(0),
    endedAt: at(6),
    userMessages: 1,
    assistantMessages: 2,
    toolCalls: 2,
    toolNames: ['bash', 'view'],
    toolCallsPaired: true,
    inputTokens: null,
    outputTokens: 15,
    languages: ['Kotlin'],
    hasThinking: true,
    hasSubagents: false,
  });
  const told = events.filter(({ kind }) => kind !== 'session' && kind !== 'time' && kind !== 'usage');
  expect(told).toMatchObject([
    { role: 'system', text: 'Folder is trusted.' },
    { role: 'user', purpose: 'prompt', text: 'Which files?' },
    { kind: 'attachment', mediaType: 'image/png' },
    { role: 'user', purpose: 'context' },
    { kind: 'thinking', text: 'Look first.', messageId: 'm1' },
    { role: 'assistant', id: 'm1', text: 'I look.', model: 'gpt-9' },
    { kind: 'tool_call', id: 'c1', input: { command: 'ls' }, messageId: 'm1' },
    { kind: 'tool_result', callId: 'c1', text: 'a b', failed: false },
    { kind: 'tool_call', id: 'c2', name: 'view' },
    { kind: 'tool_result', callId: 'c2', text: 'gone', failed: true },
    { role: 'assistant', id: 'm2' },
  ]);
});

test('the sums at the end hold, over all models; `auto` is none of them', () => {
  const modelMetrics = {
    'gpt-9': { usage: { inputTokens: 1000, outputTokens: 50, cacheReadTokens: 800 } },
    'opus-9': { usage: { inputTokens: 20, outputTokens: 5 } },
    auto: { usage: {} },
  };
  const { summary } = readText(jsonLines(...session, event('session.shutdown', 7, { modelMetrics })));
  expect(summary).toMatchObject({
    models: ['gpt-9', 'opus-9'],
    inputTokens: 1020,
    outputTokens: 55,
    endedAt: at(7),
  });
});

test('a change of the model, a compaction and a subagent are told', () => {
  const { summary, events } = readText(
    jsonLines(
      ...session,
      event('session.model_change', 7, { newModel: 'opus-9' }),
      event('session.compaction_complete', 7, { success: true, summaryContent: 'So far.' }),
      event('assistant.message', 8, { messageId: 'm3', content: 'Sub.', parentToolCallId: 'c2' }),
    ),
  );
  expect(summary).toMatchObject({ models: ['gpt-9', 'opus-9'], hasSubagents: true });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'compaction', text: 'So far.' }));
  expect(events).toContainEqual(expect.objectContaining({ id: 'm3', subagent: 'c2' }));
});

test('a file without its first event is known by the others', () => {
  expect(readText(jsonLines(...session.slice(2))).summary).toMatchObject({
    agent: 'copilot-cli',
    agentVersion: null,
    assistantMessages: 2,
  });
});

test("VS Code's chat has the same envelope and is another agent", () => {
  const data = { ...start.data, copilotVersion: '0.1', vscodeVersion: '1.99.0' };
  expect(readText(jsonLines({ ...start, data }, ...session.slice(1))).summary).toBeNull();
});

test('events of another program are not a session', () => {
  const records = [
    { type: 'user.message', data: { content: 'hi' } },
    { type: 'session.start', data: { page: '/' } },
  ];
  expect(readText(jsonLines(...records, ...records)).summary).toBeNull();
});
