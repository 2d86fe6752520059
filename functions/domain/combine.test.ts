import { expect, test } from 'vitest';
import { combine, countedFiles, derivedOf } from './combine.ts';
import type { Derived } from './derived.ts';
import type { InspectedFile } from './inspection.ts';

const unknown = derivedOf({ summary: null, problems: [] });

const session: Derived = {
  agent: 'claude-code',
  agent_version: '2.1.9',
  format: 'claude-code',
  session_ids: ['b'],
  models: ['model-2'],
  started_at: '2026-02-01T10:00:00.000Z',
  ended_at: '2026-02-01T11:00:00.000Z',
  user_messages: 2,
  assistant_messages: 3,
  tool_calls: 4,
  tool_names: ['Read'],
  input_tokens: 50,
  output_tokens: 6,
  languages: ['Go'],
  first_prompt_present: true,
  tool_calls_paired: true,
  truncated: false,
  has_thinking: false,
  has_subagents: false,
  redactions: 1,
  content_key: 'key-1',
};

const file = (derived: Partial<Derived> = {}, counted = true): InspectedFile => ({
  name: 'session.jsonl',
  bytes: 1,
  counted,
  problems: [],
  ...session,
  ...derived,
});

test('several sessions are summed, united and spanned', () => {
  const other = file({
    agent_version: '2.1.10;2.1.9',
    session_ids: ['a'],
    models: ['model-2', 'model-1'],
    started_at: '2026-02-01T09:00:00',
    ended_at: '2026-02-01T10:30:00.000Z',
    user_messages: 10,
    tool_names: ['Edit', 'Read'],
    tool_calls_paired: false,
    truncated: true,
    has_thinking: true,
    content_key: 'key-2',
  });
  expect(combine([file(), other])).toEqual({
    ...session,
    agent_version: '2.1.10;2.1.9',
    session_ids: ['a', 'b'],
    models: ['model-1', 'model-2'],
    started_at: '2026-02-01T09:00:00',
    user_messages: 12,
    assistant_messages: 6,
    tool_calls: 8,
    tool_names: ['Edit', 'Read'],
    input_tokens: 100,
    output_tokens: 12,
    tool_calls_paired: false,
    truncated: true,
    has_thinking: true,
    redactions: 2,
    content_key: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('one session alone is the gist’s, its content key included', () => {
  expect(combine([file()])).toEqual(session);
});

test('a count unknown in one session is unknown in the gist, never a smaller sum', () => {
  const other = file({ input_tokens: null, tool_calls: null, tool_calls_paired: null, has_thinking: null });
  expect(combine([file(), other])).toMatchObject({
    input_tokens: null,
    tool_calls: null,
    tool_calls_paired: null,
    has_thinking: null,
    user_messages: 4,
  });
});

test('names and times one session does not tell are those of the other', () => {
  const other = file({
    models: null,
    started_at: null,
    ended_at: null,
    session_ids: null,
    agent_version: null,
  });
  expect(combine([other, file()])).toMatchObject({
    models: ['model-2'],
    session_ids: ['b'],
    agent_version: '2.1.9',
    started_at: session.started_at,
    ended_at: session.ended_at,
  });
});

test('sessions of two agents have no one agent and no one format', () => {
  const other = file({ agent: 'codex', format: 'codex' });
  expect(combine([file(), other])).toMatchObject({ agent: null, format: null, user_messages: 4 });
});

test('the content key does not depend on the order of the files', () => {
  const other = file({ content_key: 'key-2' });
  expect(combine([file(), other]).content_key).toBe(combine([other, file()]).content_key);
});

test('without a session, or with none that counts, all is unknown', () => {
  expect(combine([])).toEqual(unknown);
  expect(combine([file({}, false)])).toEqual(unknown);
  expect(new Set(Object.values(unknown))).toEqual(new Set([null]));
});

const own = { rendered: false, derived: session };
const page = { rendered: true, derived: { ...session, format: 'claude-code-html', content_key: 'key-2' } };
const readme = { rendered: false, derived: unknown };

test.each([
  ['a page beside the agent’s own file is not counted, whichever comes first', [page, own], [false, true]],
  ['a page alone is counted', [page], [true]],
  [
    'every page of one session is counted',
    [page, { ...page, derived: { ...page.derived, content_key: 'key-3' } }],
    [true, true],
  ],
  [
    'a page of another agent is counted',
    [{ ...page, derived: { ...page.derived, agent: 'pi' } }, own],
    [true, true],
  ],
  ['the same session twice is counted once', [own, own], [true, false]],
  ['a file without a session is not counted', [readme, own], [false, true]],
  [
    'a page of an unknown agent beside a readme is counted',
    [readme, { ...page, derived: { ...page.derived, agent: null } }],
    [false, true],
  ],
  [
    'sessions in which nothing is said are not taken for the same',
    [own, own].map((each) => ({ ...each, derived: { ...session, content_key: null } })),
    [true, true],
  ],
] as const)('%s', (_, files, counted) => {
  expect(countedFiles(files)).toEqual(counted);
});

test('a sum no number can hold exactly is unknown', () => {
  const most = file({ input_tokens: Number.MAX_SAFE_INTEGER });
  expect(combine([most]).input_tokens).toBe(Number.MAX_SAFE_INTEGER);
  expect(combine([most, file({ input_tokens: 2 })]).input_tokens).toBeNull();
});

test('a row names no more than 300 of a kind', () => {
  const many = (letter: string) =>
    file({ tool_names: Array.from({ length: 200 }, (_, i) => `${letter}${i}`) });
  expect(combine([many('a'), many('b')]).tool_names).toHaveLength(300);
});
