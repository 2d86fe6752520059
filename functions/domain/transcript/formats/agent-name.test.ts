import { expect, test } from 'vitest';
import { agentName } from './agent-name.ts';

test.each([
  ['mini-swe-agent', 'mini-swe-agent'],
  ['claude_code', 'claude-code'],
  ['Gemini CLI', 'gemini-cli'],
  ['qwen-coder', 'qwen-code'],
  ['cursor-cli', 'cursor'],
])('%s is %s to us', (name, id) => {
  expect(agentName(name)).toBe(id);
});

test('an agent we do not know keeps its name', () => {
  expect(agentName('terminus-2')).toBe('terminus-2');
  expect(agentName('constructor')).toBe('constructor');
});

test('no name is none', () => {
  expect([undefined, null, '', 7, {}, 'n'.repeat(301)].map(agentName)).toEqual(Array(6).fill(undefined));
});
