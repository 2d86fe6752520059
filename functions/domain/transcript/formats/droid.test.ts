import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const stamp = (second: number) => `2026-02-01T10:00:0${second}.000Z`;
const start = {
  type: 'session_start',
  id: 's-1',
  title: 'Frogs',
  owner: 'me',
  cwd: '/tmp',
  version: '0.81.0',
};
const message = (id: string, parentId: string | null, second: number, role: string, content: unknown) => ({
  type: 'message',
  id,
  parentId,
  timestamp: stamp(second),
  message: { role, content },
});
const words = (spoken: string) => ({ type: 'text', text: spoken });
const reminder = '<system-reminder>\nUser system info\n</system-reminder>';
const call = { type: 'tool_use', id: 't1', name: 'Execute', input: { command: 'ls pond.py' } };
const result = (more: object) => ({ type: 'tool_result', tool_use_id: 't1', content: 'no pond', ...more });
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
const session = [
  start,
  message('m1', 's-1', 1, 'user', [words(reminder), words('Count the frogs')]),
  message('m2', 'm1', 2, 'assistant', [{ type: 'thinking', thinking: 'Frogs hop.' }, words('I look.'), call]),
  message('m3', 'm2', 3, 'user', [result({ is_error: true })]),
  message('m4', 'm3', 4, 'assistant', [words('None.')]),
];

test('what only the model is shown is no prompt', () => {
  const shown = message('m2', 'm1', 2, 'user', [words('Count the frogs')]);
  const onMessage = message('m1', 's-1', 1, 'user', [words('tools and skills')]);
  const marked = { ...onMessage, message: { ...onMessage.message, visibility: 'llm_only' } };
  for (const hidden of [marked, { ...onMessage, visibility: 'llm_only' }]) {
    expect(readText(jsonLines(start, hidden, shown)).summary?.userMessages).toBe(1);
  }
});

test('prompts, answers and tools are read, reminders and results are no prompts', () => {
  const { summary, events } = readText(jsonLines(...session));
  expect(summary).toMatchObject({
    agent: 'droid',
    format: 'droid',
    agentVersion: '0.81.0',
    sessionIds: ['s-1'],
    models: null,
    userMessages: 1,
    assistantMessages: 2,
    toolCalls: 1,
    toolNames: ['Execute'],
    toolCallsPaired: true,
    hasThinking: true,
    inputTokens: null,
    startedAt: stamp(1),
    endedAt: stamp(4),
  });
  for (const expected of [
    { kind: 'message', role: 'user', purpose: 'prompt', text: 'Count the frogs' },
    { kind: 'thinking', messageId: 'm2', text: 'Frogs hop.' },
    { kind: 'tool_call', messageId: 'm2', id: 't1', input: { command: 'ls pond.py' } },
    { kind: 'tool_result', callId: 't1', text: 'no pond', failed: true },
  ]) {
    expect(events).toContainEqual(expect.objectContaining(expected));
  }
});

test('a message answers the nearest message above it, not the session or a result', () => {
  const { events } = readText(jsonLines(...session));
  expect(events.flatMap((event) => (event.kind === 'message' ? [[event.id, event.parentId]] : []))).toEqual([
    ['m1', undefined],
    ['m2', 'm1'],
    ['m4', 'm2'],
  ]);
});

test('the number of older files is the format’s, not the program’s', () => {
  expect(readText(jsonLines({ ...start, version: 2 }, ...session.slice(1))).summary?.agentVersion).toBeNull();
});

test('a turn of reminders alone is context, one of an image alone is a prompt', () => {
  const { summary, events } = readText(
    jsonLines(
      start,
      message('m1', null, 1, 'user', `${reminder}\n${reminder}`),
      message('m2', 'm1', 2, 'user', [words(reminder), image]),
      message('m3', 'm2', 3, 'user', `${reminder}\n\nCount them`),
      message('m4', 'm3', 4, 'user', '<system-reminder>never closed'),
    ),
  );
  expect(summary?.userMessages).toBe(2);
  expect(events.flatMap((event) => (event.kind === 'message' ? [[event.purpose, event.text]] : []))).toEqual([
    ['context', `${reminder}\n${reminder}`],
    ['prompt', ''],
    ['prompt', 'Count them'],
    ['context', '<system-reminder>never closed'],
  ]);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'attachment', messageId: 'm2', mediaType: 'image/png' }),
  );
});

test('text beside a result is context', () => {
  const { summary, events } = readText(
    jsonLines(...session, message('m5', 'm4', 5, 'user', [result({}), words('Careful.')])),
  );
  expect(summary?.userMessages).toBe(1);
  expect(events).toContainEqual(
    expect.objectContaining({ purpose: 'context', text: 'Careful.', parentId: 'm4' }),
  );
  expect(events).toContainEqual(expect.objectContaining({ kind: 'tool_result', failed: null }));
});

test('summaries, notices and other entries are told and not counted', () => {
  const { summary, events } = readText(
    jsonLines(
      ...session,
      { type: 'compaction_state', timestamp: stamp(5), summaryText: 'We counted frogs.' },
      message('m6', 'm4', 6, 'system', 'Out of flies'),
      { type: 'todo_state', timestamp: stamp(7), todos: [] },
      message('m8', 'm4', 8, 'narrator', 'Meanwhile'),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, assistantMessages: 2, endedAt: stamp(8) });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'compaction', text: 'We counted frogs.' }));
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'message', role: 'system', text: 'Out of flies' }),
  );
});

test('usage and model are read where a message has them', () => {
  const turn = message('m9', 'm4', 9, 'assistant', [words('x')]);
  const usage = { input_tokens: 3, cache_read_input_tokens: 100, output_tokens: 2 };
  const { summary } = readText(
    jsonLines(...session, { ...turn, message: { ...turn.message, model: 'frog-1', usage } }),
  );
  expect(summary).toMatchObject({ models: ['frog-1'], inputTokens: 103, outputTokens: 2 });
});

test('a trimmed start needs a message after it', () => {
  const bare = { type: 'session_start', id: 's-1' };
  expect(readText(jsonLines(bare, ...session.slice(1))).summary?.format).toBe('droid');
  expect(readText(jsonLines(bare, bare)).summary).toBeNull();
});

test('what only looks like it is no session', () => {
  for (const records of [
    session.slice(1),
    [{ ...start, id: 7 }],
    [{ type: 'session_start', title: 'Frogs', cwd: '/tmp' }],
    [
      { type: 'session_start', id: 's', at: 1 },
      { type: 'click', id: 'b' },
    ],
  ]) {
    expect(readText(jsonLines(...records)).summary).toBeNull();
  }
  expect(
    readText(
      `# Sessions\n\nEach line is an object.\n\n\`\`\`json\n${jsonLines(...session.slice(0, 2))}\`\`\`\n`,
    ).summary,
  ).toBeNull();
});

test('wrong types at every key are skipped', () => {
  for (const junk of [null, 7, 'x', [], [null], {}, true]) {
    const records = ['user', 'assistant', 'system', junk].flatMap((role) => [
      {
        type: 'message',
        id: junk,
        parentId: junk,
        timestamp: junk,
        message: { role, content: junk, usage: junk },
      },
      {
        type: 'message',
        message: { role, content: [junk, { type: junk }, { type: 'tool_result', content: junk }] },
      },
      { type: 'message', message: junk },
      { type: 'compaction_state', summaryText: junk, summary: junk },
      { type: 'session_start', id: junk, version: junk },
    ]);
    expect(readText(jsonLines(start, junk, ...records)).summary).toMatchObject({
      format: 'droid',
      toolCalls: 0,
    });
  }
});
