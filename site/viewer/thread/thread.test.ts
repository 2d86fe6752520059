import { describe, expect, test } from 'vitest';
import { samples } from '#domain/transcript/fuzz-samples.ts';
import { jsonLines } from '#domain/transcript/testing.ts';
import { readTranscript } from '#domain/transcript/transcript.ts';
import type { Row } from '../row.ts';
import { openThread } from './thread.ts';

function read(text: string) {
  let key = 0;
  const thread = openThread(1, () => key++);
  const transcript = readTranscript(thread.add);
  transcript.push(text);
  const { summary } = transcript.end();
  thread.end();
  return { summary, counts: thread.counts(), rows: thread.take().added };
}

/** How many turns of a kind are numbered among the rows. */
const numbered = (rows: readonly Row[], who: string) =>
  new Set(rows.flatMap(({ turn }) => (turn?.who === who && turn.ordinal !== null ? [turn.ordinal] : [])))
    .size;

test.each(Object.keys(samples))('of a session in %s the rows count what its summary counts', (format) => {
  const { summary, counts, rows } = read(samples[format] ?? '');
  expect(summary?.format).toBe(format);
  const told: [number | null | undefined, number, number][] = [
    [summary?.userMessages, counts.prompt, numbered(rows, 'prompt')],
    [summary?.userCommands, counts.command, numbered(rows, 'command')],
    [summary?.assistantMessages, counts.answer, numbered(rows, 'answer')],
    [summary?.toolCalls, counts.tool, rows.filter(({ counted }) => counted).length],
  ];
  for (const [published, counted, shown] of told) {
    if (published !== null) expect(counted).toBe(published);
    expect(shown).toBe(counted);
  }
  expect(counts.prompt + counts.answer).toBeGreaterThan(0);
});

const said = ({ body, brief }: Row): string => (body && 'text' in body ? body.text : brief);
const kinds = (rows: readonly Row[]) => rows.map(({ kind }) => kind);

/** Entries of pi, a tree: https://github.com/badlogic/pi-mono */
const entry = (id: string, parentId: string | null, role: string, content: unknown) => ({
  type: 'message',
  id,
  parentId,
  timestamp: '2026-05-02T08:15:00.000Z',
  message: { role, content },
});
const text = (words: string) => [{ type: 'text', text: words }];
const pi = (...entries: object[]) =>
  jsonLines(
    { type: 'session', version: 3, id: 's', timestamp: '2026-05-02T08:14:00.000Z', cwd: '/x' },
    ...entries,
  );

describe('a tree of messages', () => {
  const { rows } = read(
    pi(
      entry('p1', null, 'user', text('First')),
      entry('a1', 'p1', 'assistant', text('An answer')),
      entry('p2', 'a1', 'user', text('One way')),
      entry('a2', 'p2', 'assistant', text('There')),
      entry('p3', 'a1', 'user', text('Another way')),
      entry('a3', 'p3', 'assistant', text('And there')),
      entry('p4', 'a3', 'user', text('Further on it')),
      entry('p5', 'a3', 'user', text('A branch of the branch')),
    ),
  );

  test('tells where the conversation goes back, and to which message', () => {
    expect(kinds(rows)).toEqual([
      'prompt',
      'answer',
      'prompt',
      'answer',
      'branch',
      'prompt',
      'answer',
      'prompt',
      'branch',
      'prompt',
    ]);
    const branches = rows.filter(({ kind }) => kind === 'branch');
    const answers = rows.filter(({ kind }) => kind === 'answer');
    expect(branches.map(({ target }) => target)).toEqual([answers[0]?.key, answers[2]?.key]);
  });

  test('says how deep each prompt lies in it', () => {
    const depths = rows.filter(({ kind }) => kind === 'prompt').map((row) => [said(row), row.turn?.depth]);
    expect(depths).toEqual([
      ['First', 0],
      ['One way', 0],
      ['Another way', 1],
      ['Further on it', 1],
      ['A branch of the branch', 2],
    ]);
  });
});

describe('Claude Code', () => {
  const line = (type: string, message: object, more: object = {}) => ({
    parentUuid: null,
    isSidechain: false,
    sessionId: 's',
    version: '2.1.7',
    type,
    uuid: `u${Math.abs(JSON.stringify([message, more]).length)}`,
    timestamp: '2026-05-02T08:15:00.000Z',
    message,
    ...more,
  });
  const part = (id: string, ...content: object[]) => ({ role: 'assistant', id, model: 'claude-x', content });
  const call = (id: string, input: object, name = 'Bash') => ({ type: 'tool_use', id, name, input });
  const result = (id: string, content: string, is_error = false) => ({
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: id, content, is_error }],
  });

  test('an answer told over several lines is one turn, and its call has its result', () => {
    const { rows, counts } = read(
      jsonLines(
        line('user', { role: 'user', content: 'Go' }),
        line('assistant', part('m', { type: 'thinking', thinking: 'Hm' })),
        line('assistant', part('m', { type: 'text', text: 'On it.' })),
        line('assistant', part('m', call('t', { command: 'ls' }))),
        line('user', result('t', 'a\nb\n')),
      ),
    );
    expect(kinds(rows)).toEqual(['prompt', 'thinking', 'answer', 'tool']);
    expect(rows.map(({ turn }) => turn?.ordinal ?? null)).toEqual([1, 1, null, null]);
    expect(rows[3]).toMatchObject({
      title: 'Bash',
      brief: 'ls',
      counted: true,
      result: { state: 'ok', lines: 2 },
    });
    expect(counts).toEqual({ prompt: 1, command: 0, answer: 1, tool: 1 });
  });

  test('what a subagent does stands under it, and what it is asked is no prompt', () => {
    const side = { isSidechain: true, agentId: 'a1' };
    const { rows, counts } = read(
      jsonLines(
        line('user', { role: 'user', content: 'Go' }),
        line('assistant', part('m', call('t', { prompt: 'Look' }, 'Task'))),
        line('user', { role: 'user', content: 'Look' }, side),
        line('assistant', part('n', { type: 'text', text: 'Found' }), side),
        line('user', result('t', 'Found')),
      ),
    );
    expect(kinds(rows)).toEqual(['prompt', 'tool', 'subagent', 'prompt', 'answer']);
    const group = rows[2]?.key;
    expect(rows.map(({ under }) => under)).toEqual([null, null, null, group, group]);
    expect(rows[3]?.turn?.ordinal).toBe(null);
    expect(counts).toMatchObject({ prompt: 1, answer: 2, tool: 1 });
  });

  test('a result without a call is shown, and counts for nothing', () => {
    const { rows, counts } = read(
      jsonLines(line('user', { role: 'user', content: 'Go' }), line('user', result('gone', 'oh', true))),
    );
    expect(rows[1]).toMatchObject({ kind: 'tool', counted: false, result: { state: 'failed' } });
    expect(counts.tool).toBe(0);
  });

  test('rows told before are told again when their result comes', () => {
    let key = 0;
    const thread = openThread(1, () => key++);
    thread.add({ kind: 'tool_call', line: 1, id: 't', name: 'Bash', input: {} });
    expect(thread.take().added[0]?.result?.state).toBe('none');
    thread.add({ kind: 'tool_result', line: 2, callId: 't', text: 'x', failed: null });
    expect(thread.take()).toMatchObject({ added: [], changed: [{ key: 0, result: { state: 'unknown' } }] });
    expect(thread.take()).toEqual({ added: [], changed: [] });
  });

  test('a long answer is several rows of one turn, and nothing of it is lost', () => {
    const paragraphs = Array.from(
      { length: 400 },
      (_, i) => `Paragraph ${i} says a little more than the last.`,
    );
    const { rows } = read(
      jsonLines(
        line('user', { role: 'user', content: 'Go' }),
        line('assistant', part('m', { type: 'text', text: paragraphs.join('\n\n') })),
      ),
    );
    const answers = rows.filter(({ kind }) => kind === 'answer');
    expect(answers.length).toBeGreaterThan(2);
    expect(answers.map(({ turn }) => turn?.ordinal ?? null)).toEqual([
      1,
      ...answers.slice(1).map(() => null),
    ]);
    const shown = JSON.stringify(answers.map(({ body }) => body));
    for (const paragraph of paragraphs) expect(shown).toContain(paragraph);
  });

  test('rows have addresses of their own: line, and number on it', () => {
    const { rows } = read(
      jsonLines(
        line('user', { role: 'user', content: 'Go' }),
        line('assistant', part('m', { type: 'text', text: 'A' }, call('t', {}), call('s', {}))),
      ),
    );
    expect(rows.map(({ line: at, nth }) => [at, nth])).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
      [2, 3],
    ]);
  });
});
