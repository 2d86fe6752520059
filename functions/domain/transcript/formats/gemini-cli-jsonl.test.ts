import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';

const header = {
  sessionId: 'session-b',
  projectHash: 'f00d',
  startTime: '2026-05-01T10:00:00.000Z',
  lastUpdated: '2026-05-01T10:00:00.000Z',
};
const at = (second: number) => `2026-05-01T10:00:0${second}.000Z`;
const user = (id: string, content: unknown, second = 1) => ({
  id,
  timestamp: at(second),
  type: 'user',
  content,
});
const answer = (id: string, content: unknown, more: object = {}) => ({
  id,
  timestamp: at(2),
  type: 'gemini',
  content,
  model: 'gemini-9',
  ...more,
});

function texts(...records: unknown[]): string[] {
  const { events } = readText(jsonLines(header, ...records));
  return events.flatMap((event) => (event.kind === 'message' ? event.text : []));
}

test('a message written again counts once, as it was last, where it first stood', () => {
  const call = { id: 'c1', name: 'read_file', args: {}, status: 'success', timestamp: at(3) };
  const { summary, events } = readText(
    jsonLines(
      header,
      user('u1', 'Sort it.'),
      answer('a1', 'Sorting', { tokens: { input: 5, output: 1 } }),
      { $set: { lastUpdated: at(9) } },
      user('u2', 'And?', 4),
      answer('a1', 'Sorting.', { tokens: { input: 10, output: 3 }, toolCalls: [call] }),
    ),
  );
  expect(summary).toMatchObject({
    agent: 'gemini-cli',
    format: 'gemini-cli-jsonl',
    sessionIds: ['session-b'],
    models: ['gemini-9'],
    startedAt: at(0),
    endedAt: at(4),
    userMessages: 2,
    assistantMessages: 1,
    toolCalls: 1,
    toolCallsPaired: true,
    inputTokens: 10,
    outputTokens: 3,
    hasSubagents: false,
  });
  expect(events.flatMap((event) => (event.kind === 'message' ? [[event.text, event.line]] : []))).toEqual([
    ['Sort it.', 2],
    ['Sorting.', 6],
    ['And?', 5],
  ]);
});

test('a rewind takes back a message and all behind it', () => {
  const records = [user('u1', 'one'), answer('a1', 'two'), user('u2', 'three'), answer('a2', 'four')];
  expect(texts(...records, { $rewindTo: 'u2' }, user('u3', 'five'))).toEqual(['one', 'two', 'five']);
});

test('a rewind to a message nobody knows takes back all', () => {
  expect(texts(user('u1', 'one'), { $rewindTo: 'elsewhere' }, user('u2', 'two'))).toEqual(['two']);
});

test('a message taken back may come again', () => {
  expect(texts(user('u1', 'one'), { $rewindTo: 'u1' }, user('u1', 'one again'))).toEqual(['one again']);
});

test('a list of messages replaces all before it, and an empty one nothing', () => {
  const list = [user('s', '<state_snapshot>so far</state_snapshot>'), answer('a9', 'On we go.')];
  expect(texts(user('u1', 'one'), { $set: { messages: list } }, user('u2', 'two'))).toEqual([
    '<state_snapshot>so far</state_snapshot>',
    'On we go.',
    'two',
  ]);
  expect(texts(user('u1', 'one'), { $set: { messages: [] } })).toEqual(['one']);
});

test("a subagent's file says so, and a call answered by one names it", () => {
  const asked = readText(
    jsonLines({ ...header, kind: 'subagent' }, user('u1', 'Look.'), answer('a1', 'Seen.')),
  );
  expect(asked.summary).toMatchObject({ userMessages: 0, assistantMessages: 1, hasSubagents: true });
  const call = { id: 'c1', name: 'explore', args: {}, status: 'success', agentId: 'explore-1' };
  const { summary, events } = readText(jsonLines(header, answer('a1', '', { toolCalls: [call] })));
  expect(summary?.hasSubagents).toBe(true);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'tool_result', subagent: 'explore-1' }));
});

test('a file that lost its header is read by its answers', () => {
  expect(readText(jsonLines(user('u1', 'one'), answer('a1', 'two'))).summary).toMatchObject({
    format: 'gemini-cli-jsonl',
    sessionIds: null,
    userMessages: 1,
    assistantMessages: 1,
  });
});

test.each([
  ['lines of a chat', [{ id: '1', type: 'user', content: 'hello', timestamp: at(1) }]],
  ['documents of a database', [{ $set: { messages: [] } }, { $set: { a: 1 } }]],
])('%s are not a session of Gemini CLI', (_, records) => {
  expect(readText(jsonLines(...records, ...records)).summary).toBeNull();
});
