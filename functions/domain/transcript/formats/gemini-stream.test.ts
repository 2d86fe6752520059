import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const at = (second: number) => `2026-03-03T03:03:0${second}.000Z`;
const say = (content: string, second: number) => ({
  type: 'message',
  role: 'assistant',
  content,
  delta: true,
  timestamp: at(second),
});
const events = [
  { type: 'init', session_id: 'session-c', model: 'gemini-9-flash', timestamp: at(0) },
  { type: 'message', role: 'user', content: 'List them.', timestamp: at(1) },
  say('I ', 2),
  say('list.', 3),
  { type: 'tool_use', tool_name: 'glob', tool_id: 'c1', parameters: { pattern: '*' }, timestamp: at(4) },
  { type: 'tool_use', tool_name: 'read_file', tool_id: 'c2', parameters: {}, timestamp: at(4) },
  { type: 'tool_result', tool_id: 'c1', status: 'success', output: 'a b', timestamp: at(5) },
  {
    type: 'tool_result',
    tool_id: 'c2',
    status: 'error',
    error: { type: 'x', message: 'no file' },
    timestamp: at(5),
  },
  { type: 'error', severity: 'warning', message: 'Slow.', timestamp: at(6) },
  say('Two.', 7),
  {
    type: 'result',
    status: 'success',
    stats: { total_tokens: 60, input_tokens: 50, output_tokens: 10, cached: 20, input: 30 },
    timestamp: at(8),
  },
];

test('a stream of events is read, an answer in pieces as one', () => {
  const read = readText(jsonLines(...events));
  expect(read.summary).toMatchObject({
    agent: 'gemini-cli',
    format: 'gemini-stream-json',
    sessionIds: ['session-c'],
    models: ['gemini-9-flash'],
    startedAt: at(0),
    endedAt: at(8),
    userMessages: 1,
    assistantMessages: 2,
    toolCalls: 2,
    toolNames: ['glob', 'read_file'],
    toolCallsPaired: true,
    inputTokens: 50,
    outputTokens: 10,
    hasThinking: null,
  });
  const told = read.events.filter((event) => event.kind === 'message' || event.kind === 'tool_result');
  expect(told).toMatchObject([
    { role: 'user', text: 'List them.' },
    { role: 'assistant', text: 'I list.', model: 'gemini-9-flash', at: at(2) },
    { callId: 'c1', text: 'a b', failed: false },
    { callId: 'c2', text: 'no file', failed: true },
    { role: 'system', text: 'Slow.' },
    { role: 'assistant', text: 'Two.' },
  ]);
});

test('an answer at the end of a cut stream is there, and one of great length counts once', () => {
  const long = Array.from({ length: 30 }, () => say('y'.repeat(100_000), 3));
  const read = readText(jsonLines(...events.slice(0, 2), ...long));
  expect(read.summary).toMatchObject({ assistantMessages: 1, inputTokens: null });
  const text = read.events.map((event) =>
    event.kind === 'message' && event.role === 'assistant' ? event.text : '',
  );
  expect(text.join('')).toHaveLength(3_000_000);
});

test('two runs in one file add up', () => {
  expect(readText(jsonLines(...events, ...events)).summary).toMatchObject({
    userMessages: 2,
    assistantMessages: 4,
    inputTokens: 100,
    outputTokens: 20,
  });
});

test('the model `auto` is none', () => {
  const [init, ...rest] = events;
  expect(readText(jsonLines({ ...init, model: 'auto' }, ...rest)).summary?.models).toBeNull();
});

test.each([
  ['a stream of another program', [{ type: 'system', subtype: 'init', session_id: 'x', model: 'm' }]],
  ['chat lines', [{ type: 'message', role: 'user', content: 'hi', timestamp: at(1) }]],
])('%s is not one of Gemini CLI', (_, records) => {
  const format = readText(jsonLines(...records, ...records)).summary?.format;
  expect(format).not.toBe('gemini-stream-json');
});
