import type { AgentId } from '#domain/transcript/agent.ts';

/** What a corpus expects of a file, and whether an answer is it. */
export function isExpected(expected: string, agent: AgentId | null, format: string | null): boolean {
  if (expected === 'none' || expected === 'none-or-low-confidence') return format === null;
  if (expected.startsWith('unknown-agent')) return agent === null;
  const [words = ''] = expected.split(' ');
  if (words === 'pi-format') return agent === 'pi' || agent === 'openclaw';
  if (words === 'specstory' || words === 'atif') return format === words;
  if (words.startsWith('cline-')) return ['cline', 'roo', 'kilo', 'cline-family'].includes(agent ?? '');
  return agent === words;
}
