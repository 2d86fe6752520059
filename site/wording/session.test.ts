import { expect, test } from 'vitest';
import { formats } from '#domain/transcript/formats/registry.ts';
import { exampleRow } from '../published/example-rows.ts';
import { formatName } from './formats.ts';
import { aboutText, agentText, countsText, sessionMarks, someNames, tokensText } from './session.ts';

test('an agent goes by its name and version, one that we cannot name by its id', () => {
  expect(agentText({ agent: 'claude-code', agent_version: '2.1.7;2.1.12' })).toBe(
    'Claude Code 2.1.7, 2.1.12',
  );
  expect(agentText({ agent: 'pi', agent_version: null })).toBe('pi');
  expect(agentText({ agent: 'of-tomorrow', agent_version: '1' })).toBe('of-tomorrow 1');
  expect(agentText({ agent: null, agent_version: null })).toBeNull();
});

test('every format we read has words of its own', () => {
  const words = formats.map(({ id }) => formatName(id));
  expect(formats.map(({ id }) => id).filter((id, i) => words[i] === id)).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
});

test('what is not known is left out of the counts, and never 0', () => {
  expect(countsText(exampleRow({ user_messages: 1, assistant_messages: null, tool_calls: 0 }))).toBe(
    '1 prompt, 0 tool calls',
  );
  expect(countsText(exampleRow({}))).toBeNull();
  expect(tokensText(exampleRow({ input_tokens: 12_345, output_tokens: 67 }))).toBe(
    '12\u202f345 tokens read, 67 written',
  );
  expect(tokensText(exampleRow({ output_tokens: 67 }))).toBe('67 tokens written');
  expect(tokensText(exampleRow({}))).toBeNull();
});

test('a long list of names is cut, and says so', () => {
  expect(someNames(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  expect(someNames(['a', 'b'], 2)).toBe('a, b');
  expect([someNames([], 2), someNames(null, 2)]).toEqual([null, null]);
});

test('what a session is about fits a line', () => {
  const started_at = '2026-05-02T23:59:00';
  expect(aboutText(exampleRow({ started_at, languages: ['sql', 'typescript'], tags: ['paging'] }))).toBe(
    'recorded 2026-05-02 · sql, typescript · paging',
  );
  expect(aboutText(exampleRow({}))).toBe('');
});

test('only what is known makes a mark', () => {
  expect(sessionMarks(exampleRow({}))).toEqual([]);
  const whole = {
    truncated: false,
    first_prompt_present: true,
    tool_calls_paired: true,
    has_thinking: false,
  };
  expect(sessionMarks(exampleRow({ ...whole, has_subagents: false, redactions: 0 }))).toEqual([]);
  const odd = { truncated: true, first_prompt_present: false, tool_calls_paired: false, has_thinking: true };
  expect(
    sessionMarks(exampleRow({ ...odd, has_subagents: true, redactions: 1 })).map(({ word }) => word),
  ).toEqual([
    'Cut off',
    'No first prompt',
    'Tool calls without a result',
    'Thinking',
    'Subagents',
    '1 redaction',
  ]);
});
