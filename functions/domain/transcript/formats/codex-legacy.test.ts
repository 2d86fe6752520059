import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const stamp = '2025-06-01T10:00:00.000Z';
const header = { id: 's-1', timestamp: stamp, instructions: null };
const state = { record_type: 'state', id: 's-1' };
const said = (role: string, spoken: string) => ({
  type: 'message',
  role,
  content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text: spoken }],
});
const items = [
  said('user', '<environment_context>a pond</environment_context>'),
  said('user', 'Count the frogs'),
  { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Frogs hop.' }] },
  { type: 'function_call', name: 'shell', arguments: '{"command":["ls"]}', call_id: 'c1' },
  { type: 'function_call_output', call_id: 'c1', output: '{"output":"none","metadata":{"exit_code":1}}' },
  said('assistant', 'None.'),
];
const counts = {
  agent: 'codex',
  format: 'codex-legacy',
  sessionIds: ['s-1'],
  agentVersion: null,
  models: null,
  userMessages: 1,
  assistantMessages: 1,
  toolCalls: 1,
  toolNames: ['shell'],
  toolCallsPaired: true,
  hasThinking: true,
  inputTokens: null,
  outputTokens: null,
  startedAt: stamp,
  endedAt: stamp,
};

test('items between lines of state are read, with the only time there is', () => {
  const lines = items.flatMap((item) => [state, item]);
  const { summary, events } = readText(jsonLines(header, ...lines, state));
  expect(summary).toMatchObject(counts);
  expect(events.map(({ kind }) => kind)).toEqual([
    'session',
    'message',
    'message',
    'thinking',
    'tool_call',
    'tool_result',
    'message',
  ]);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'tool_call', id: 'c1', input: { command: ['ls'] } }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'tool_result', callId: 'c1', text: 'none', failed: true }),
  );
});

test('the first program wrote one document', () => {
  const { summary } = readText(JSON.stringify({ session: header, items }, null, 2));
  expect(summary).toMatchObject(counts);
});

test('a file that lost its first line is recognised by its items and states', () => {
  expect(readText(jsonLines(state, ...items, state)).summary).toMatchObject({
    format: 'codex-legacy',
    sessionIds: null,
    userMessages: 1,
    startedAt: null,
  });
});

test('a header that lost its instructions is one before items, and not before something else', () => {
  const short = { id: 's-1', timestamp: stamp };
  expect(readText(jsonLines(short, ...items)).summary).toMatchObject(counts);
  expect(readText(jsonLines(short, { type: 'visit', page: 1 })).summary).toBeNull();
  expect(readText(jsonLines({ ...short, level: 'info' }, ...items)).summary).toBeNull();
});

test('a header with the repository is enough', () => {
  expect(readText(jsonLines({ ...header, git: { branch: 'main' } })).summary).toMatchObject({
    format: 'codex-legacy',
    userMessages: 0,
  });
});

test('bare turns are read where the prompt names the model', () => {
  const turns = [
    { timestamp: stamp, role: 'user', content: 'Count the frogs', model: 'gpt-4o' },
    { timestamp: '2025-06-01T10:00:05Z', role: 'assistant', content: 'None.', model: 'gpt-4o' },
  ];
  expect(readText(jsonLines(...turns)).summary).toMatchObject({
    agent: 'codex',
    userMessages: 1,
    assistantMessages: 1,
    endedAt: '2025-06-01T10:00:05.000Z',
  });
});

test('items of an API and other logs are no session', () => {
  for (const records of [
    items,
    [{ ...header, timestamp: 'soon' }, ...items],
    [{ ...header, type: 'note' }, { type: 'note' }],
    [header, { type: 'note', text: 'x' }],
    [state, state],
    [
      { timestamp: stamp, role: 'user', content: 'Hi' },
      { timestamp: stamp, role: 'assistant', content: 'Hi', model: 'gpt-4o' },
    ],
    [
      { timestamp: stamp, role: 'user', content: 'Hi', model: 'gpt-4o', channel: 'pond' },
      { timestamp: stamp, role: 'assistant', content: 'Hi' },
    ],
  ]) {
    expect(readText(jsonLines(...records)).summary).toBeNull();
  }
  for (const document of [
    { session: header },
    { session: { id: 's' }, items },
    { session: null, items: null },
  ]) {
    expect(readText(JSON.stringify(document)).summary).toBeNull();
  }
});

test('wrong types at every key are skipped', () => {
  for (const junk of [null, 7, 'x', [], [null], {}, true]) {
    const records = [
      junk,
      { type: junk, role: junk, content: junk, id: junk },
      { type: 'message', role: 'user', content: junk },
      { type: 'message', role: 'assistant', content: [junk, { text: junk }], model: junk },
      { type: 'reasoning', summary: junk },
      { type: 'function_call', call_id: 'c', name: junk, arguments: junk },
      { type: 'function_call_output', call_id: 'c', output: junk },
    ];
    const whole = { session: header, items: records };
    for (const text of [jsonLines(header, ...items, ...records), JSON.stringify(whole)]) {
      expect(readText(text).summary).toMatchObject({ format: 'codex-legacy', sessionIds: ['s-1'] });
    }
  }
});
