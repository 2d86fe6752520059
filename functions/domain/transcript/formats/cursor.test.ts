import { expect, test } from 'vitest';
import { jsonLines, readText } from '../testing.ts';
import { cursor } from './cursor.ts';

const line = (role: string, ...content: unknown[]) => ({ role, message: { content } });
const words = (text: string) => ({ type: 'text', text });

const session = jsonLines(
  line(
    'user',
    words('<attached_files>\nmain.go\n</attached_files>\n<user_query>\nname the ports\n</user_query>'),
  ),
  line('assistant', words('They are 80 and 443.\n\n[REDACTED]')),
  line('assistant', words('[REDACTED]')),
  line('user', words('<user_query>\nonly one?\n</user_query>')),
  line('assistant', words('Two.'), { type: 'tool_use', id: null, name: 'Read', input: { path: 'main.go' } }),
);

test('a transcript of Cursor is told by its bare lines and the element around what was typed', () => {
  const { summary } = readText(session);
  expect(summary).toMatchObject({
    agent: 'cursor',
    format: 'cursor',
    agentVersion: null,
    sessionIds: null,
    models: null,
    startedAt: null,
    userMessages: 2,
    assistantMessages: 3,
    toolCalls: 1,
    toolNames: ['Read'],
    toolCallsPaired: null,
    inputTokens: null,
    hasThinking: true,
    hasSubagents: null,
    languages: ['Go'],
  });
});

test('what Cursor attaches to a prompt is context', () => {
  const said = readText(session).events.filter((event) => event.kind === 'message' && event.role === 'user');
  expect(said).toMatchObject([
    { purpose: 'context', text: '<attached_files>\nmain.go\n</attached_files>' },
    { purpose: 'prompt', text: 'name the ports' },
    { purpose: 'prompt', text: 'only one?' },
  ]);
});

test('the mark left for a thought is a thought, and still a redaction', () => {
  const { events, summary } = readText(session);
  expect(events.filter((event) => event.kind === 'thinking')).toHaveLength(2);
  expect(events).toContainEqual({
    kind: 'message',
    line: 2,
    role: 'assistant',
    text: 'They are 80 and 443.',
  });
  expect(summary?.redactions).toBe(2);
});

test('without thoughts it is unknown whether there were any, and without the element all of a text was typed', () => {
  const plain = jsonLines(line('user', words('hello')), line('assistant', words('hi')));
  expect(readText(plain).summary).toMatchObject({ format: 'cursor', hasThinking: null, userMessages: 1 });
});

test('an element that is not closed takes the rest', () => {
  const { events } = readText(jsonLines(line('user', words('<user_query>\nhalf a question'))));
  expect(events).toContainEqual(expect.objectContaining({ purpose: 'prompt', text: 'half a question' }));
});

test('chat rows and other sessions are not taken for a transcript of Cursor', () => {
  const rows = [
    { role: 'user', content: 'hello' },
    { messages: [line('user', words('hello'))] },
    { ...line('user', words('hello')), timestamp: '2026-01-01T00:00:00Z' },
    { role: 'user', message: { role: 'user', content: [words('hello')] } },
    { role: 'user', message: { content: 'hello' } },
    { role: 'system', message: { content: [words('hello')] } },
  ];
  for (const row of rows) expect(cursor.recognise({ records: [row, row], head: '' })).toBe('no');
  const array = [line('user', words('hello')), line('assistant', words('hi'))];
  expect(cursor.recognise({ records: array, document: array, head: '' })).toBe('no');
});

test('lines put together into one array are a transcript where Cursor’s own element is among them', () => {
  const array = [line('user', words('<user_query>hello</user_query>')), line('assistant', words('hi'))];
  expect(readText(JSON.stringify(array)).summary).toMatchObject({ format: 'cursor', userMessages: 1 });
});

test('junk among the lines is skipped', () => {
  const junk = [null, 1, 'a', [], { role: 'user' }, line('user'), line('user', null, { type: 1, text: 2 })];
  const { summary } = readText(session + jsonLines(...junk, { role: 'assistant', message: 5 }));
  expect(summary).toMatchObject({ userMessages: 2, assistantMessages: 3 });
});
