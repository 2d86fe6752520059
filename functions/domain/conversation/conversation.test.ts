import { describe, expect, test } from 'vitest';
import { samples } from '../transcript/fuzz-samples.ts';
import { jsonLines } from '../transcript/testing.ts';
import { droppedOf } from './dropped.ts';
import { listedGist, sessionsIn, written } from './testing.ts';

const claude = (type: string, uuid: string, message: object, more: object = {}) => ({
  type,
  uuid,
  parentUuid: null,
  sessionId: 's1',
  isSidechain: false,
  version: '2.1.0',
  timestamp: '2026-05-06T07:08:09.012Z',
  message,
  ...more,
});
const asked = (uuid: string, content: string, more?: object) =>
  claude('user', uuid, { role: 'user', content }, more);
const told = (uuid: string, id: string, block: object, more?: object) =>
  claude('assistant', uuid, { role: 'assistant', id, model: 'claude-9', content: [block] }, more);
const result = (uuid: string, id: string, content: string) =>
  claude('user', uuid, { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content }] });
const call = (id: string, input: object) => ({ type: 'tool_use', id, name: 'Read', input });
const codex = (type: string, payload: object) => ({ timestamp: '2026-05-06T07:08:09.012Z', type, payload });
const codexMeta = codex('session_meta', { id: 's1', cli_version: '0.200.0' });

const recordsOf = (text: string) => written(sessionsIn(text).sessions).records;
const messagesOf = (text: string) => recordsOf(text).map(({ messages }) => messages);

describe('messages', () => {
  test('the parts of one message are one, and each result stands right after the message that called', () => {
    const text = jsonLines(
      asked('u1', 'Read both'),
      told('u2', 'm1', { type: 'thinking', thinking: 'Two files.' }),
      told('u3', 'm1', { type: 'text', text: 'I read them.' }),
      told('u4', 'm1', call('c1', { path: 'a' })),
      result('u5', 'c1', 'A'),
      told('u6', 'm1', call('c2', { path: 'b' })),
      told('u6', 'm1', call('c2', { path: 'b' })),
      asked('u7', '<system-reminder>Be brief</system-reminder>', { isMeta: true }),
      result('u8', 'c2', 'B'),
      asked('u9', '<command-name>/clear</command-name>'),
    );
    const toolCall = (id: string, path: string) => ({
      id,
      type: 'function',
      function: { name: 'Read', arguments: JSON.stringify({ path }) },
    });
    expect(messagesOf(text)).toEqual([
      [
        { role: 'user', content: 'Read both' },
        {
          role: 'assistant',
          content: 'I read them.',
          reasoning_content: 'Two files.',
          tool_calls: [toolCall('c1', 'a'), toolCall('c2', 'b')],
        },
        { role: 'tool', content: 'A', tool_call_id: 'c1' },
        { role: 'tool', content: 'B', tool_call_id: 'c2' },
        { role: 'user', name: 'context', content: '<system-reminder>Be brief</system-reminder>' },
        { role: 'user', name: 'command', content: '<command-name>/clear</command-name>' },
      ],
    ]);
  });

  test('calls that no message holds stand in an answer without a content, with the thinking before them', () => {
    const text = jsonLines(
      codexMeta,
      codex('event_msg', { type: 'user_message', message: 'Look' }),
      codex('response_item', { type: 'reasoning', summary: [{ type: 'summary_text', text: 'List.' }] }),
      codex('response_item', {
        type: 'function_call',
        name: 'shell',
        arguments: '{"command":"ls"}',
        call_id: 'c1',
      }),
      codex('response_item', {
        type: 'custom_tool_call',
        name: 'apply_patch',
        input: '*** Begin',
        call_id: 'c2',
      }),
      codex('response_item', { type: 'function_call_output', call_id: 'c1', output: 'a.py' }),
      codex('response_item', { type: 'custom_tool_call_output', call_id: 'c2', output: 'ok' }),
      codex('response_item', {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Done' }],
      }),
    );
    expect(messagesOf(text)).toEqual([
      [
        { role: 'user', content: 'Look' },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'List.',
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'shell', arguments: '{"command":"ls"}' } },
            {
              id: 'c2',
              type: 'function',
              function: { name: 'apply_patch', arguments: '{"input":"*** Begin"}' },
            },
          ],
        },
        { role: 'tool', content: 'a.py', tool_call_id: 'c1' },
        { role: 'tool', content: 'ok', tool_call_id: 'c2' },
        { role: 'assistant', content: 'Done' },
      ],
    ]);
    const [record] = recordsOf(text);
    expect(record).toMatchObject({ user_messages: 1, assistant_messages: 1, tool_calls: 2 });
  });

  test('calls without ids get some that no other has, and results that name none are theirs in order', () => {
    const text = jsonLines(
      asked('u1', 'Read'),
      told('u2', 'm1', { type: 'tool_use', name: 'Read', input: {} }),
      told('u3', 'm1', { type: 'tool_use', name: 'Grep', input: {} }),
      told('u4', 'm2', call('call-1', {})),
      claude('user', 'u5', { role: 'user', content: [{ type: 'tool_result', content: 'first' }] }),
      claude('user', 'u6', { role: 'user', content: [{ type: 'tool_result', content: 'second' }] }),
    );
    const [messages = []] = messagesOf(text);
    expect(messages.flatMap(({ tool_calls }) => tool_calls?.map(({ id }) => id) ?? [])).toEqual([
      'call-2',
      'call-3',
      'call-1',
    ]);
    expect(messages.filter(({ role }) => role === 'tool')).toEqual([
      { role: 'tool', content: 'first', tool_call_id: 'call-2' },
      { role: 'tool', content: 'second', tool_call_id: 'call-3' },
    ]);
  });

  test('a call under an id that was used before stays, and is counted once; a longer telling replaces', () => {
    const text = jsonLines(
      asked('u1', 'Read'),
      told('u2', 'm1', call('c1', { path: 'a' })),
      told('u3', 'm1', call('c1', { path: 'abc' })),
      told('u4', 'm2', call('c1', { path: 'x' })),
    );
    const calls = messagesOf(text)
      .flat()
      .flatMap(({ tool_calls }) => tool_calls ?? []);
    expect(calls.map((each) => each.function.arguments)).toEqual(['{"path":"abc"}', '{"path":"x"}']);
    expect(recordsOf(text)[0]?.tool_calls).toBe(1);
  });

  test('an answer that the summary does not count says so', () => {
    const text =
      '\n# aider chat started at 2026-05-06 07:08:09\n\n#### Fix it\n\nI beg\n\n#### Go on\n\nDone.\n\n> Tokens: 6k sent, 310 received.\n';
    const [record] = recordsOf(text);
    expect(record?.messages).toEqual([
      { role: 'user', content: 'Fix it' },
      { role: 'assistant', name: 'uncounted', content: 'I beg' },
      { role: 'user', content: 'Go on' },
      { role: 'assistant', content: 'Done.' },
    ]);
    expect(record).toMatchObject({ assistant_messages: 1, tool_calls: null });
  });
});

describe('sessions and conversations', () => {
  test('a subagent’s conversation is a record of its own, and what it was asked is a task', () => {
    const side = { isSidechain: true, agentId: 'a7' };
    const text = jsonLines(
      asked('u1', 'Search'),
      told('u2', 'm1', { type: 'text', text: 'I send one.' }),
      asked('v1', 'Find it', side),
      told('v2', 'n1', { type: 'text', text: 'Found' }, side),
      told('u3', 'm2', { type: 'text', text: 'It is there.' }),
    );
    const [main, sub] = recordsOf(text);
    expect(main).toMatchObject({
      subagent: null,
      user_messages: 1,
      assistant_messages: 2,
      has_subagents: true,
    });
    expect(sub).toMatchObject({
      subagent: 'a7',
      session_ids: ['s1'],
      user_messages: 0,
      assistant_messages: 1,
      messages: [
        { role: 'user', name: 'task', content: 'Find it' },
        { role: 'assistant', content: 'Found' },
      ],
    });
    const { rows } = written(sessionsIn(text).sessions);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ user_messages: 1, assistant_messages: 3 });
    expect(rows[0]?.messages.map(({ subagent }) => subagent)).toEqual([null, null, null, 'a7', 'a7']);
  });

  test('each session of a file is a record with its own numbers', () => {
    const text = [1, 2]
      .map((i) => `\n# aider chat started at 2026-05-0${i} 07:08:09\n\n#### Fix it\n`)
      .join('');
    expect(
      recordsOf(text).map(({ session, started_at, user_messages }) => [session, started_at, user_messages]),
    ).toEqual([
      [1, '2026-05-01T07:08:09', 1],
      [2, '2026-05-02T07:08:09', 1],
    ]);
  });

  test('a conversation that goes on under another id stays one; one that begins anew does not', () => {
    const next = { sessionId: 's2' };
    const first = [
      asked('u1', 'Fix it'),
      told('u2', 'm1', { type: 'text', text: 'Done' }, { parentUuid: 'u1' }),
    ];
    const going = jsonLines(...first, asked('u3', 'And?', { ...next, parentUuid: 'u2' }));
    expect(recordsOf(going).map(({ session_ids }) => session_ids)).toEqual([['s1', 's2']]);
    const anew = jsonLines(...first, asked('u3', 'And?', next));
    expect(recordsOf(anew).map(({ session_ids }) => session_ids)).toEqual([['s1'], ['s2']]);
  });

  test('all branches of a tree are there, and how often it goes back', () => {
    const at = '2026-05-06T07:08:09.012Z';
    const entry = (id: string, parentId: string | null, role: string, content: string) => ({
      type: 'message',
      id,
      parentId,
      timestamp: at,
      message: { role, content: [{ type: 'text', text: content }] },
    });
    const text = jsonLines(
      { type: 'session', version: 3, id: 's1', timestamp: at, cwd: '/w' },
      entry('e1', null, 'user', 'Fix it'),
      entry('e2', 'e1', 'assistant', 'So?'),
      entry('e3', 'e2', 'user', 'Yes'),
      entry('e4', 'e2', 'user', 'No'),
    );
    const { sessions, reading } = sessionsIn(text);
    const [session] = sessions;
    expect(session?.threads[0]?.branches).toBe(1);
    expect(session && droppedOf('messages', session, reading.problems)).toEqual({ branches: 1, times: 4 });
    expect(session && droppedOf('parquet', session, reading.problems)).toEqual({});
    expect(written(sessions).rows[0]?.messages.map(({ id, parent_id }) => [id, parent_id])).toEqual([
      ['e1', null],
      ['e2', 'e1'],
      ['e3', 'e2'],
      ['e4', 'e2'],
    ]);
  });
});

describe('records', () => {
  test('each says where it is from, and nothing of the row but that', () => {
    const { records, rows, sts } = written(sessionsIn(samples.codex ?? '').sessions);
    for (const record of [...records, ...rows, JSON.parse(sts[0]?.split('\n')[0] ?? '')])
      expect(record).toMatchObject({ ...listedGist, file: 'session.jsonl', session: 1, agent: 'codex' });
  });

  test('STS-Format has the keys its page gives, and what is put in is the system’s', () => {
    const text = jsonLines(
      asked('u1', '<system-reminder>Be brief</system-reminder>', { isMeta: true }),
      asked('u2', 'Read'),
      told('u3', 'm1', call('c1', {})),
      claude('user', 'u4', {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'No', is_error: true }],
      }),
    );
    const [header, ...lines] = (written(sessionsIn(text).sessions).sts[0] ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ type: 'session', harness: 'claude-code', id: 's1', name: 'The pond' });
    const timestamp = Date.parse('2026-05-06T07:08:09.012Z');
    expect(lines).toEqual(
      [
        {
          role: 'system',
          content: '<system-reminder>Be brief</system-reminder>',
          purpose: 'context',
          timestamp,
        },
        { role: 'user', content: 'Read', timestamp },
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'c1', function: { name: 'Read', arguments: '{}' } }],
          timestamp,
          model: 'claude-9',
        },
        { role: 'tool', content: 'No', toolCallId: 'c1', isError: true, timestamp },
      ].map((message) => ({ type: 'message', message })),
    );
  });

  test('local times are lost in STS-Format, and told', () => {
    const { sessions, reading } = sessionsIn(samples['openhands-v0'] ?? '');
    const [session] = sessions;
    expect(session && droppedOf('sts', session, reading.problems)).toMatchObject({
      times: expect.any(Number),
    });
    expect(written(sessions).sts.join('')).not.toContain('timestamp');
  });
});
