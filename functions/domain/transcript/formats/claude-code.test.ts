import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const envelope = (more: object) => ({
  parentUuid: null,
  isSidechain: false,
  sessionId: 'c0ffee00-0000-4000-8000-000000000001',
  version: '2.1.9',
  timestamp: '2026-02-01T10:00:00.000Z',
  ...more,
});
const user = (uuid: string, content: unknown, more: object = {}) =>
  envelope({ type: 'user', uuid, message: { role: 'user', content }, ...more });
const assistant = (uuid: string, id: string, block: object, more: object = {}) =>
  envelope({
    type: 'assistant',
    uuid,
    message: {
      id,
      role: 'assistant',
      model: 'claude-opus-4-5',
      content: [block],
      usage: {
        input_tokens: 3,
        cache_creation_input_tokens: 10,
        cache_read_input_tokens: 100,
        output_tokens: 2,
      },
    },
    ...more,
  });
const call = { type: 'tool_use', id: 'toolu_a', name: 'Read', input: { file_path: '/tmp/pond.rs' } };
const result = { type: 'tool_result', tool_use_id: 'toolu_a', content: 'fn main() {}', is_error: false };

test('an answer told over several lines is one, with its last usage', () => {
  const { summary, events } = readText(
    jsonLines(
      user('u1', 'Count the frogs'),
      assistant('a1', 'msg_1', { type: 'thinking', thinking: 'Frogs hop.' }, { parentUuid: 'u1' }),
      assistant('a2', 'msg_1', { type: 'text', text: 'Looking.' }, { parentUuid: 'a1' }),
      assistant('a3', 'msg_1', call, { parentUuid: 'a2' }),
      user('u2', [result], { parentUuid: 'a3' }),
      assistant('a4', 'msg_2', { type: 'text', text: 'None.' }, { parentUuid: 'u2' }),
    ),
  );
  expect(summary).toMatchObject({
    agent: 'claude-code',
    format: 'claude-code',
    agentVersion: '2.1.9',
    userMessages: 1,
    assistantMessages: 2,
    toolCalls: 1,
    toolCallsPaired: true,
    hasThinking: true,
    inputTokens: 226,
    outputTokens: 4,
    languages: ['Rust'],
    models: ['claude-opus-4-5'],
    firstPromptPresent: true,
  });
  expect(events.filter(({ kind }) => kind === 'session')).toHaveLength(1);
  expect(events.filter(({ kind }) => kind === 'time')).toHaveLength(0);
  const answers = events.filter((event) => event.kind === 'message' && event.role === 'assistant');
  expect(answers.map((event) => (event.kind === 'message' ? event.parentId : null))).toEqual([
    'u1',
    'u1',
    'u1',
    'msg_1',
  ]);
});

test('a message answers the nearest message above it, past results, notices and summaries', () => {
  const { events } = readText(
    jsonLines(
      user('u1', 'Count'),
      assistant('a1', 'msg_1', call, { parentUuid: 'u1' }),
      user('r1', [result], { parentUuid: 'a1' }),
      envelope({ type: 'system', subtype: 'turn_duration', uuid: 's1', parentUuid: 'r1' }),
      envelope({
        type: 'attachment',
        uuid: 'q1',
        parentUuid: 's1',
        attachment: { type: 'queued_command', prompt: 'Also newts' },
      }),
      assistant('a2', 'msg_2', call, { parentUuid: 'q1' }),
      user('r2', [result, { type: 'text', text: 'Careful.' }], { parentUuid: 'a2' }),
      assistant('a3', 'msg_3', { type: 'text', text: 'Two.' }, { parentUuid: 'r2' }),
      user('u2', 'We counted.', { isCompactSummary: true, parentUuid: null }),
      user('u3', 'Go on', { parentUuid: 'u2' }),
      user('u4', 'Count the toads instead', { parentUuid: 'a1' }),
    ),
  );
  expect(events.flatMap((event) => (event.kind === 'message' ? [[event.id, event.parentId]] : []))).toEqual([
    ['u1', undefined],
    ['msg_1', 'u1'],
    ['q1', 'msg_1'],
    ['msg_2', 'q1'],
    ['r2', 'msg_2'],
    ['msg_3', 'r2'],
    ['u3', undefined],
    ['u4', 'msg_1'],
  ]);
});

test('a subagent whose own file is elsewhere is known by the progress it made', () => {
  const progress = (data: unknown) => envelope({ type: 'progress', uuid: 'p1', data });
  const read = (data: unknown) => readText(jsonLines(user('u1', 'Delegate'), progress(data))).summary;
  expect(read({ type: 'agent_progress', agentId: 'east', message: { type: 'user' } })).toMatchObject({
    userMessages: 1,
    hasSubagents: true,
  });
  expect(read({ type: 'bash_progress', output: 'x' })?.hasSubagents).toBe(false);
  expect(read(null)?.hasSubagents).toBe(false);
});

test('what the agent puts into a turn is no prompt, and a slash command counts apart', () => {
  const { summary } = readText(
    jsonLines(
      user('u1', '<local-command-caveat>ignore</local-command-caveat>', { isMeta: true }),
      user('u2', '<command-name>/model</command-name>'),
      user('u3', '<local-command-stdout>Set model</local-command-stdout>'),
      user('u4', '<bash-input>ls</bash-input>'),
      user('u5', '[Request interrupted by user]'),
      user('u6', 'Really count them'),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, userCommands: 2 });
});

test('text beside a tool result is kept as context, images as attachments', () => {
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
  const { summary, events } = readText(
    jsonLines(
      user('u1', [{ type: 'text', text: 'See' }, image]),
      assistant('a1', 'msg_1', call),
      user('u2', [
        { ...result, content: [{ type: 'text', text: 'seen' }, image] },
        { type: 'text', text: 'Careful.' },
      ]),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, toolCallsPaired: true });
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'message', purpose: 'context', text: 'Careful.' }),
  );
  expect(events.filter(({ kind }) => kind === 'attachment')).toHaveLength(2);
});

test('a continued session opens with a summary, not with a prompt', () => {
  const { summary, events } = readText(
    jsonLines(
      envelope({
        type: 'system',
        subtype: 'compact_boundary',
        uuid: 's1',
        content: 'Conversation compacted',
      }),
      user('u1', 'We counted frogs.', { isCompactSummary: true }),
      user('u2', 'Now the toads'),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, firstPromptPresent: false });
  expect(events.filter(({ kind }) => kind === 'compaction')).toEqual([
    expect.objectContaining({ text: 'We counted frogs.' }),
  ]);
});

test('what a subagent is asked is not a prompt, what it answers counts', () => {
  const { summary, events } = readText(
    jsonLines(
      user('u1', 'Delegate'),
      user('u2', 'Count the frogs in the east', { isSidechain: true, agentId: 'east' }),
      assistant('a1', 'msg_s', { type: 'text', text: 'Two.' }, { isSidechain: true, agentId: 'east' }),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, assistantMessages: 1, hasSubagents: true });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'message', subagent: 'east', text: 'Two.' }));
});

test('notices, queued prompts and failed calls of the model are told without counting', () => {
  const { summary, events } = readText(
    jsonLines(
      user('u1', 'Go'),
      envelope({ type: 'system', subtype: 'api_error', uuid: 's1', error: { message: 'Overloaded' } }),
      envelope({
        type: 'attachment',
        uuid: 'q1',
        attachment: { type: 'queued_command', prompt: 'Also newts' },
      }),
      envelope({
        type: 'assistant',
        uuid: 'a1',
        message: {
          id: 'm',
          role: 'assistant',
          model: '<synthetic>',
          content: [{ type: 'text', text: 'API Error' }],
        },
      }),
    ),
  );
  expect(summary).toMatchObject({ userMessages: 1, assistantMessages: 0, models: null });
  const told = events.flatMap((event) => (event.kind === 'message' ? [[event.role, event.text]] : []));
  expect(told).toEqual([
    ['user', 'Go'],
    ['system', 'Overloaded'],
    ['user', 'Also newts'],
    ['system', 'API Error'],
  ]);
});

test('a line that says nothing else still tells the time', () => {
  const { summary } = readText(
    jsonLines(user('u1', 'Go'), { type: 'queue-operation', timestamp: '2026-02-01T11:30:00.000Z' }),
  );
  expect(summary).toMatchObject({
    startedAt: '2026-02-01T10:00:00.000Z',
    endedAt: '2026-02-01T11:30:00.000Z',
  });
});

test('turns of printed stream-json are read, with the subagent they belong to', () => {
  const { summary } = readText(
    jsonLines(
      {
        type: 'system',
        subtype: 'init',
        session_id: 's-1',
        claude_code_version: '2.1.50',
        model: 'claude-opus-4-5',
      },
      {
        type: 'assistant',
        uuid: 'x',
        session_id: 's-1',
        parent_tool_use_id: 'toolu_task',
        message: {
          id: 'm1',
          role: 'assistant',
          model: 'claude-opus-4-5',
          content: [{ type: 'text', text: 'Hi' }],
        },
      },
    ),
  );
  expect(summary).toMatchObject({ sessionIds: ['s-1'], agentVersion: '2.1.50', hasSubagents: true });
});

test('turns that older versions printed have no ids of their own; Qwen Code prints the same with its version', () => {
  const turn = {
    type: 'assistant',
    session_id: 's-1',
    parent_tool_use_id: null,
    message: { id: 'm1', role: 'assistant', content: [{ type: 'text', text: 'Hi' }] },
  };
  expect(readText(jsonLines(turn, turn)).summary).toMatchObject({
    format: 'claude-code',
    sessionIds: ['s-1'],
    assistantMessages: 1,
  });
  const init = { type: 'system', subtype: 'init', session_id: 's-1', qwen_code_version: '0.14.0' };
  expect(readText(jsonLines(init, turn)).summary).toBeNull();
});

test('a trimmed file is recognised by the model that answers', () => {
  const { summary } = readText(
    jsonLines(
      { type: 'user', timestamp: '2026-02-01T10:00:00Z', message: { content: 'Hi' } },
      {
        type: 'assistant',
        timestamp: '2026-02-01T10:00:01Z',
        message: { model: 'claude-haiku-4-5', content: [{ type: 'text', text: 'Hello' }] },
      },
    ),
  );
  expect(summary).toMatchObject({ format: 'claude-code', userMessages: 1, assistantMessages: 1 });
});

test('a chat log is no session', () => {
  for (const record of [
    { type: 'user', message: 'Hi', timestamp: '2026-02-01T10:00:00Z' },
    { type: 'user', message: { content: 'Hi' }, timestamp: '2026-02-01T10:00:00Z' },
    { role: 'user', content: 'Hi' },
    {
      type: 'assistant',
      timestamp: 1,
      message: { model: 'parrot-1', content: [{ type: 'text', text: 'Hi' }] },
    },
  ]) {
    expect(readText(jsonLines(record, record)).summary).toBeNull();
  }
});

test('wrong types at every key are skipped', () => {
  for (const junk of [null, 7, 'x', [], [null], {}, true]) {
    const records = ['user', 'assistant', 'system', 'attachment'].flatMap((type) => [
      envelope({
        type,
        uuid: junk,
        parentUuid: junk,
        message: junk,
        attachment: junk,
        content: junk,
        error: junk,
      }),
      envelope({
        type,
        timestamp: junk,
        version: junk,
        message: { id: junk, role: type, content: junk, usage: junk },
      }),
      envelope({
        type,
        message: { content: [junk, { type: junk }, { type: 'tool_result', content: junk }] },
      }),
    ]);
    expect(readText(jsonLines(junk, ...records)).summary).toMatchObject({
      format: 'claude-code',
      toolCalls: 0,
    });
  }
});
