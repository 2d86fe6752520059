import { expect, test } from 'vitest';
import { readText } from '../testing.ts';

const start = Date.UTC(2026, 0, 2, 3, 4, 5);
let clock = start;
const tick = () => {
  clock += 1000;
  return clock;
};
const say = (kind: string, text = '', more = {}) => ({
  ts: tick(),
  type: 'say',
  say: kind,
  text,
  ...more,
});
const ask = (kind: string, text = '', more = {}) => ({
  ts: tick(),
  type: 'ask',
  ask: kind,
  text,
  ...more,
});
const request = (tokens: object, request = '') =>
  say('api_req_started', JSON.stringify({ request, ...tokens }));

const rows = [
  say('text', 'Which ports are open?', { images: ['data:image/png;base64,AAAA'], files: [] }),
  request({ tokensIn: 5, tokensOut: 7, cacheWrites: 10, cacheReads: 100, cost: 0.1 }),
  say('checkpoint_created'),
  say('reasoning', 'I read the code.', { modelInfo: { modelId: 'opus-9', providerId: 'p', mode: 'act' } }),
  say('text', 'I read the code.'),
  ask('tool', JSON.stringify({ tool: 'readFile', path: 'main.go' })),
  request(
    {},
    "[read_file for 'main.go'] Result:\n\npackage main\n<environment_details>\nnoise\n</environment_details>",
  ),
  say('text', 'Now I look.'),
  ask('command', 'ss -l'),
  say('command_output', '80'),
  ask('use_mcp_server', JSON.stringify({ serverName: 's', toolName: 'scan', arguments: '{"host":"a"}' })),
  say('mcp_server_response', '443'),
  request({ tokensIn: 1, tokensOut: 2 }),
  say('completion_result', 'Two.'),
  ask('completion_result'),
  say('user_feedback', 'Close 80.'),
  request({}),
  ask('plan_mode_respond', JSON.stringify({ response: 'First a plan.' })),
  say('error', 'No more credit.'),
];

test('rows of the panel are counted by requests, tools and what was typed', () => {
  const { summary } = readText(JSON.stringify(rows));
  expect(summary).toMatchObject({
    agent: 'cline-family',
    format: 'cline-ui',
    models: ['opus-9'],
    startedAt: '2026-01-02T03:04:06.000Z',
    endedAt: new Date(clock).toISOString(),
    userMessages: 2,
    assistantMessages: 4,
    toolCalls: 1,
    toolNames: ['readFile'],
    toolCallsPaired: null,
    inputTokens: 116,
    outputTokens: 9,
    languages: ['Go'],
    hasThinking: true,
    firstPromptPresent: true,
  });
  expect(readText(JSON.stringify(rows, null, 2)).summary).toEqual(summary);
});

test('commands and MCP calls are told with their results, and not counted among the tools', () => {
  const { events } = readText(JSON.stringify(rows));
  expect(events.filter(({ kind }) => kind === 'tool_call' || kind === 'tool_result')).toMatchObject([
    { name: 'readFile', input: { path: 'main.go' }, id: '1', messageId: '1' },
    { callId: '1', text: 'package main' },
    { name: 'execute_command', input: { command: 'ss -l' }, id: '2', uncounted: true },
    { callId: '2', text: '80' },
    { name: 'scan', input: { host: 'a' }, id: '3', uncounted: true },
    { callId: '3', text: '443' },
  ]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/png' }));
  expect(events).toContainEqual(
    expect.objectContaining({ role: 'assistant', id: '4', text: 'First a plan.' }),
  );
});

test('a task row is the prompt where there is one, and words before any request are not an answer', () => {
  const newer = [say('task', 'Which ports?'), say('text', 'Hold on.'), request({}), say('text', 'Two.')];
  expect(readText(JSON.stringify(newer)).summary).toMatchObject({ userMessages: 1, assistantMessages: 1 });
});

test('a condensed conversation is a compaction', () => {
  const condensed = say('condense_context', '', { contextCondense: { summary: 'They spoke of ports.' } });
  const { events } = readText(JSON.stringify([...rows, condensed]));
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'compaction', text: 'They spoke of ports.' }),
  );
});

test('arrays of other things are not rows', () => {
  const others = [
    [{ type: 'say', say: 'hello' }],
    [{ ts: start, type: 'say', ask: 'tool' }],
    [{ ts: 5, type: 'ask', ask: 'tool' }],
    [{ ts: start, type: 'message', text: 'hello' }],
    [rows[0], 1, 2],
  ];
  for (const other of others) expect(readText(JSON.stringify(other)).summary).toBeNull();
});

test('junk at every key is skipped', () => {
  const kinds = [
    'text',
    'tool',
    'api_req_started',
    'use_mcp_server',
    'browser_action',
    'condense_context',
    'x',
  ];
  for (const junk of [null, 1, [], {}, '{', '[1]', '"a"', '{"tool":3,"request":[],"tokensIn":-1}']) {
    const odd = kinds.map((kind) => ({
      ...say(kind),
      text: junk,
      images: junk,
      modelInfo: junk,
      reasoning: junk,
    }));
    expect(readText(JSON.stringify([...odd, ...odd])).summary).toMatchObject({ format: 'cline-ui' });
  }
});
