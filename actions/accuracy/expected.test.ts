import { expect, test } from 'vitest';
import { isExpected } from './expected.ts';

test.each([
  ['claude-code', 'claude-code', 'claude-code', true],
  ['claude-code (subagent)', 'claude-code', 'claude-code', true],
  ['claude-code', 'codex', 'codex', false],
  ['claude-code', null, null, false],
  ['none', null, null, true],
  ['none', 'pi', 'pi', false],
  ['none-or-low-confidence', null, 'atif', false],
  ['unknown-agent', null, 'atif', true],
  ['unknown-agent', 'pi', 'pi', false],
  ['pi-format', 'openclaw', 'pi', true],
  ['atif', 'mini-swe-agent', 'atif', true],
  ['specstory', 'cursor', 'cursor', false],
  ['cline-family', 'roo', 'cline-ui', true],
  ['cline-family', 'amp', 'amp', false],
] as const)('where %s is expected, %s (%s) is right: %s', (expected, agent, format, right) => {
  expect(isExpected(expected, agent, format)).toBe(right);
});
