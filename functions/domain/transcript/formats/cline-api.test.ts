import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const text = (...words: string[]) => words.map((part) => ({ type: 'text', text: part }));
const details = (more = '') =>
  `<environment_details>\n# Current Time\nCurrent time in ISO 8601 UTC format: 2026-01-02T03:04:05.000Z\n${more}</environment_details>`;

const history = [
  {
    role: 'user',
    content: text('<task>\nWhich ports are open?\n</task>', details('<model>glm-9</model>\n')),
  },
  {
    role: 'assistant',
    content: text(
      '<thinking>I read first.</thinking>\n\nI read the code, as with <read_file>.\n\n<read_file>\n<path>main.go</path>\n</read_file>',
    ),
  },
  { role: 'user', content: text("[read_file for 'main.go'] Result:", 'package main', details()) },
  {
    role: 'assistant',
    content: text(
      '<write_to_file>\n<path>a.html</path>\n<content>\n<p>a</content> b</p>\n</content>\n</write_to_file>',
    ),
  },
  {
    role: 'user',
    content: text(
      "[write_to_file for 'a.html'] Result:\nThe user denied this operation.\n<feedback>\nNot that file.\n</feedback>",
      details(),
    ),
  },
  { role: 'user', content: text('[ERROR] You did not use a tool.') },
  {
    role: 'assistant',
    content: text('<attempt_completion>\n<result>\nTwo.\n</result>\n</attempt_completion>'),
  },
];

test('an API history is counted by what was typed and answered', () => {
  const { summary } = readText(JSON.stringify(history));
  expect(summary).toMatchObject({
    agent: 'cline-family',
    format: 'cline-api',
    models: ['glm-9'],
    startedAt: '2026-01-02T03:04:05.000Z',
    userMessages: 2,
    assistantMessages: 3,
    toolCalls: 2,
    toolNames: ['read_file', 'write_to_file'],
    toolCallsPaired: true,
    inputTokens: null,
    languages: ['Go', 'HTML'],
    hasThinking: true,
    firstPromptPresent: true,
  });
});

test('calls written as XML are taken out of the words and answered in order', () => {
  const { events } = readText(JSON.stringify(history));
  expect(events.filter(({ kind }) => kind === 'tool_call' || kind === 'tool_result')).toMatchObject([
    { id: 'call 1', name: 'read_file', input: { path: 'main.go' } },
    { callId: 'call 1', text: 'package main' },
    { id: 'call 2', input: { path: 'a.html', content: '<p>a</content> b</p>' } },
    { callId: 'call 2' },
  ]);
  const answers = events.flatMap((event) =>
    event.kind === 'message' && event.role === 'assistant' ? [event.text] : [],
  );
  expect(answers).toEqual(['I read the code, as with <read_file>.', '', 'Two.']);
});

test('newer files have calls as blocks, and Cline its model, time and tokens', () => {
  const newer = [
    { role: 'user', ts: Date.UTC(2026, 0, 2), content: text('<task>ports?</task>', details()) },
    {
      role: 'assistant',
      ts: Date.UTC(2026, 0, 3),
      content: [
        { type: 'reasoning', text: 'hm' },
        { type: 'tool_use', id: 't1', name: 'execute_command', input: { command: 'ss' } },
      ],
      modelInfo: { modelId: 'opus-9', providerId: 'p', mode: 'act' },
      metrics: { tokens: { prompt: 5, completion: 7, cached: 100 }, cost: 0.1 },
    },
    {
      role: 'user',
      ts: Date.UTC(2026, 0, 4),
      content: [
        {
          type: 'tool_result',
          tool_use_id: 't1',
          content: 'Denied.\n<feedback>\nNot that.\n</feedback>',
        },
        ...text(details()),
      ],
    },
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 't2', name: 'attempt_completion', input: { result: 'Two.' } }],
    },
  ];
  const { summary, events } = readText(JSON.stringify(newer));
  expect(summary).toMatchObject({
    models: ['opus-9'],
    startedAt: '2026-01-02T00:00:00.000Z',
    endedAt: '2026-01-04T00:00:00.000Z',
    userMessages: 2,
    assistantMessages: 2,
    toolNames: ['execute_command'],
    toolCallsPaired: true,
    inputTokens: 105,
    outputTokens: 7,
  });
  expect(events).toContainEqual(expect.objectContaining({ role: 'assistant', text: 'Two.' }));
});

test('thoughts between the messages are told', () => {
  const [first, ...rest] = history;
  const { summary, events } = readText(JSON.stringify([first, { type: 'reasoning', text: 'hm' }, ...rest]));
  expect(summary).toMatchObject({ assistantMessages: 3 });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'thinking', text: 'hm' }));
});

test('a summary the extension wrote is a compaction and no prompt', () => {
  const condensed = { role: 'user', content: text('They spoke of ports.'), isSummary: true };
  const { summary, events } = readText(JSON.stringify([condensed, ...history]));
  expect(summary).toMatchObject({ userMessages: 2, firstPromptPresent: false });
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'compaction', text: 'They spoke of ports.' }),
  );
});

test('the words of a message may be plain text', () => {
  const plain = [
    { role: 'user', content: `<task>\nports?\n</task>\n${details()}` },
    { role: 'assistant', content: '<list_files>\n<path>.</path>' },
  ];
  expect(readText(JSON.stringify(plain)).summary).toMatchObject({
    userMessages: 1,
    toolNames: ['list_files'],
  });
});

test('messages to a model are not yet a session', () => {
  const others = [
    [
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'hi' },
    ],
    [{ role: 'user', content: text('<task>sort these</task>') }],
    [{ role: 'system', content: details() }],
    [...history, 5],
  ];
  for (const other of others) expect(readText(JSON.stringify(other)).summary).toBeNull();
});

test('junk at every key is skipped', () => {
  for (const junk of [
    null,
    1,
    'a',
    [],
    [null, 1, []],
    {},
    [{ type: 'text', text: 4 }],
    [{ type: 'tool_use' }],
  ]) {
    const odd = ['user', 'assistant'].map((role) => ({
      role,
      content: junk,
      ts: junk,
      modelInfo: junk,
      metrics: junk,
    }));
    expect(readText(JSON.stringify([...history, ...odd])).summary).toMatchObject({ userMessages: 2 });
    expect(() => readText(jsonLines(...history, junk))).not.toThrow();
  }
});
