import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const stamp = (second: number) => `2026-02-01T10:00:0${second}.000Z`;
const header = { type: 'session', version: 3, id: 's-1', timestamp: stamp(0), cwd: '/tmp/pond' };
const entry = (id: string, parentId: string | null, second: number, more: object) => ({
  type: 'message',
  id,
  parentId,
  timestamp: stamp(second),
  ...more,
});
const message = (id: string, parentId: string | null, second: number, told: object) =>
  entry(id, parentId, second, { message: told });
const image = { type: 'image', mimeType: 'image/png', data: 'AAAA' };
const usage = { input: 3, output: 7, cacheRead: 100, cacheWrite: 10, totalTokens: 120 };
const answer = (...content: object[]) => ({
  role: 'assistant',
  provider: 'anthropic',
  model: 'claude-opus-4-5',
  content,
  usage,
});
const words = (spoken: string) => ({ type: 'text', text: spoken });
const call = { type: 'toolCall', id: 'c1', name: 'read', arguments: { path: 'pond.rs' } };
const result = (isError: unknown) => ({
  role: 'toolResult',
  toolCallId: 'c1',
  toolName: 'read',
  content: [words('no pond'), image],
  isError,
});

const session = [
  header,
  entry('e0', null, 0, { type: 'model_change', provider: 'anthropic', modelId: 'claude-opus-4-5' }),
  message('e1', 'e0', 1, { role: 'user', content: [words('Count the frogs'), image] }),
  message('e2', 'e1', 2, answer({ type: 'thinking', thinking: 'Frogs hop.' }, words('I look.'), call)),
  message('e3', 'e2', 3, result(true)),
  entry('e4', 'e3', 3, { type: 'thinking_level_change', thinkingLevel: 'high' }),
  message('e5', 'e4', 4, answer(words('None.'))),
];

test('a tree of entries is read with its tools, thinking, images and tokens', () => {
  const { summary, events } = readText(jsonLines(...session));
  expect(summary).toMatchObject({
    agent: 'pi',
    format: 'pi',
    agentVersion: null,
    sessionIds: ['s-1'],
    models: ['claude-opus-4-5'],
    userMessages: 1,
    assistantMessages: 2,
    toolCalls: 1,
    toolNames: ['read'],
    toolCallsPaired: true,
    hasThinking: true,
    hasSubagents: null,
    inputTokens: 226,
    outputTokens: 14,
    languages: ['Rust'],
    startedAt: stamp(0),
    endedAt: stamp(4),
  });
  for (const expected of [
    { kind: 'thinking', messageId: 'e2', text: 'Frogs hop.' },
    { kind: 'tool_call', messageId: 'e2', id: 'c1', input: { path: 'pond.rs' } },
    { kind: 'tool_result', callId: 'c1', text: 'no pond', failed: true },
    { kind: 'attachment', messageId: 'e1', mediaType: 'image/png' },
  ]) {
    expect(events).toContainEqual(expect.objectContaining(expected));
  }
  expect(events.filter(({ kind }) => kind === 'attachment')).toHaveLength(2);
});

const parents = (...records: unknown[]) =>
  readText(jsonLines(...records)).events.flatMap((event) =>
    event.kind === 'message' ? [[event.id, event.parentId]] : [],
  );

test('a message answers the nearest message above it', () => {
  expect(parents(...session)).toEqual([
    ['e1', undefined],
    ['e2', 'e1'],
    ['e5', 'e2'],
  ]);
});

test('all branches are counted, each from where it left', () => {
  const branches = [
    ...session,
    entry('b0', 'e2', 5, { type: 'branch_summary', fromId: 'e5', summary: 'There were none.' }),
    message('b1', 'b0', 6, { role: 'user', content: 'Count the toads' }),
    message('b2', 'b1', 7, answer(words('Two.'))),
  ];
  expect(readText(jsonLines(...branches)).summary).toMatchObject({
    userMessages: 2,
    assistantMessages: 3,
    inputTokens: 339,
  });
  expect(parents(...branches).slice(3)).toEqual([
    ['b0', 'e2'],
    ['b1', 'b0'],
    ['b2', 'b1'],
  ]);
});

test('version 1 has a list without ids, its model in the header and files beside the text', () => {
  const { summary, events } = readText(
    jsonLines(
      { ...header, version: undefined, provider: 'anthropic', modelId: 'claude-haiku-4-5' },
      {
        type: 'message',
        timestamp: stamp(1),
        message: { role: 'user', content: 'Hi', attachments: [{ type: 'image', mimeType: 'image/gif' }] },
      },
      { type: 'message', timestamp: stamp(2), message: { role: 'assistant', content: [words('Hi.')] } },
      { type: 'model_change', timestamp: stamp(3), provider: 'openai', modelId: 'gpt-5' },
      { type: 'message', timestamp: stamp(4), message: { role: 'assistant', content: [words('Ho.')] } },
    ),
  );
  expect(summary).toMatchObject({
    format: 'pi',
    models: ['claude-haiku-4-5', 'gpt-5'],
    userMessages: 1,
    assistantMessages: 2,
    inputTokens: null,
  });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'attachment', mediaType: 'image/gif' }));
});

test('version 2 differs in its number and in a role', () => {
  const { summary } = readText(
    jsonLines(
      { ...header, version: 2 },
      ...session.slice(1),
      message('h1', 'e5', 6, { role: 'hookMessage', customType: 'x', content: 'Put in' }),
    ),
  );
  expect(summary).toMatchObject({ format: 'pi', userMessages: 1, assistantMessages: 2 });
});

test('a time that an export wrote into the header is not the beginning', () => {
  const exported = { ...header, timestamp: '2026-02-03T08:00:00.000Z' };
  expect(readText(jsonLines(exported, ...session.slice(1))).summary).toMatchObject({
    startedAt: stamp(0),
    endedAt: stamp(4),
  });
  expect(readText(jsonLines(exported)).summary?.startedAt).toBe('2026-02-03T08:00:00.000Z');
});

test('two sessions in a file are two', () => {
  const other = { ...header, id: 's-2', timestamp: '2026-02-03T08:00:00.000Z' };
  expect(readText(jsonLines(...session, other)).summary).toMatchObject({
    sessionIds: ['s-1', 's-2'],
    endedAt: '2026-02-03T08:00:00.000Z',
  });
});

test('`!` input is a command, what extensions say is context, a summary is a compaction', () => {
  const { summary, events } = readText(
    jsonLines(
      header,
      message('e1', null, 1, { role: 'bashExecution', command: 'ls', output: 'a.frog', exitCode: 0 }),
      entry('e2', 'e1', 2, { type: 'custom_message', customType: 'x', content: [words('Put in'), image] }),
      entry('e3', 'e2', 3, { type: 'custom', customType: 'x', payload: {} }),
      entry('e4', 'e3', 4, { type: 'compaction', summary: 'We counted frogs.', tokensBefore: 9 }),
      message('e5', 'e4', 5, { role: 'user', content: 'Go on' }),
      message('e6', 'e5', 6, { ...answer(), stopReason: 'error', errorMessage: 'Out of flies' }),
    ),
  );
  expect(summary).toMatchObject({
    userMessages: 1,
    userCommands: 1,
    assistantMessages: 1,
    endedAt: stamp(6),
  });
  expect(events.flatMap((event) => ('text' in event ? [`${event.kind}: ${event.text}`] : []))).toEqual([
    'message: !ls',
    'message: a.frog',
    'message: Put in',
    'compaction: We counted frogs.',
    'message: Go on',
    'message: ',
    'message: Out of flies',
  ]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'attachment', messageId: 'e2' }));
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'message', role: 'system', text: 'Out of flies' }),
  );
});

test.each([
  ['folder', [{ ...header, cwd: '/home/x/.openclaw/workspace' }]],
  ['folder of Windows', [{ ...header, cwd: 'C:\\x\\.openclaw' }]],
  ['provider', [header, entry('e1', null, 1, { type: 'model_change', provider: 'openclaw', modelId: 'm' })]],
  ['entry', [header, entry('e1', null, 1, { type: 'custom', customType: 'openclaw:prompt' })]],
])('OpenClaw shows itself by its %s', (_, records) => {
  expect(readText(jsonLines(...records, ...session.slice(1))).summary).toMatchObject({
    agent: 'openclaw',
    format: 'pi',
  });
});

test('to speak of OpenClaw does not make a session its own', () => {
  expect(
    readText(
      jsonLines(
        { ...header, cwd: '/home/x/not.openclawed' },
        message('e1', null, 1, { role: 'user', content: 'What is ~/.openclaw?' }),
      ),
    ).summary?.agent,
  ).toBe('pi');
});

test('a file that lost its header is recognised by its entries', () => {
  expect(readText(jsonLines(...session.slice(2))).summary).toMatchObject({
    agent: 'pi',
    format: 'pi',
    sessionIds: null,
    startedAt: stamp(1),
  });
});

test('what only looks like it is no session', () => {
  for (const records of [
    [{ type: 'session', id: 's', timestamp: stamp(0) }],
    [{ ...header, timestamp: 'today' }],
    [{ ...header, cwd: null }],
    [message('e1', null, 1, { role: 'user', content: 'Hi' })],
    [{ type: 'message', message: { role: 'assistant', content: [words('Hi')] }, timestamp: stamp(1) }],
  ]) {
    expect(readText(jsonLines(...records, ...records)).summary).toBeNull();
  }
  expect(
    readText(
      `# Sessions\n\nEach line is an object.\n\n\`\`\`json\n${jsonLines(...session.slice(0, 2))}\`\`\`\n`,
    ).summary,
  ).toBeNull();
});

test('wrong types at every key are skipped', () => {
  for (const junk of [null, 7, 'x', [], [null], {}, true]) {
    const told = ['user', 'assistant', 'toolResult', 'bashExecution', 'x', junk].flatMap((role) => [
      message('e1', 'e1', 1, { role, content: junk, usage: junk, model: junk, errorMessage: junk }),
      message('e2', null, 2, {
        role,
        content: [junk, { type: junk }, { type: 'thinking', thinking: junk }],
        toolCallId: junk,
        attachments: junk,
      }),
      { type: 'message', id: junk, parentId: junk, timestamp: junk, message: { role, command: junk } },
      entry('e3', null, 3, { message: junk }),
    ]);
    const others = ['session', 'compaction', 'branch_summary', 'custom_message', 'model_change', junk].map(
      (type) => entry('e4', null, 4, { type, summary: junk, content: junk, modelId: junk, provider: junk }),
    );
    const { summary } = readText(jsonLines(header, junk, ...told, ...others));
    expect(summary).toMatchObject({ agent: 'pi', format: 'pi', toolCalls: 0 });
  }
});
