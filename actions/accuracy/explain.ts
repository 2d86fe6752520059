import type { Comparison } from './compare.ts';

/** Formats for which nobody has defined how messages and calls are counted. */
const undefinedCounts =
  /^(?:amp|cursor|droid|hermes|kimi|mini-swe-agent|openhands|qwen-code|swe-agent)(?:-(?!md$)[a-z0-9-]+)?$/;
const counts = ['user_prompts', 'assistant_messages', 'tool_calls'];

interface Reason {
  when: (cell: Comparison) => boolean;
  because: string;
}

/** Where we answer otherwise on purpose than a truth that another program computed. */
const reasons: readonly Reason[] = [
  {
    when: ({ column, truth, ours }) =>
      column === 'version' &&
      (/^(?:format v|protocol |\d+$)/.test(truth) || (truth !== ours && truth.split(/[; ]/).includes(ours))),
    because: 'the truth names the version of the file format too, or alone; ours is the agent’s',
  },
  {
    when: ({ column, format }) => counts.includes(column) && undefinedCounts.test(format ?? ''),
    because: 'how this format is counted is not defined; the truth is a hint',
  },
  {
    when: ({ truncated, truth }) => truncated === true && truth === '0',
    because: 'the truth’s program could not read a file that is cut off; ours reads what is complete',
  },
  {
    when: ({ column, format }) => column === 'first_ts' && format === 'codex',
    because: 'ours is when the session began; the truth is when its file was made',
  },
  {
    when: ({ column, format }) => column === 'last_ts' && format === 'pi',
    because: 'ours is the last entry’s time; the truth is the header’s, which an export rewrites',
  },
  {
    when: ({ column, truth, ours }) =>
      column === 'tool_names' && ours.startsWith(truth) && ours.charAt(truth.length) !== ';',
    because: 'the truth’s cell is cut off',
  },
  {
    when: ({ column, format }) => column === 'user_prompts' && format === 'claude-code-export',
    because: 'the truth counts slash commands, which are no prompts',
  },
  {
    when: ({ column, format }) => column === 'tool_calls' && format === 'claude-code-html',
    because: 'the truth leaves out edits and writes, which are drawn in boxes of their own',
  },
  {
    when: ({ column, format }) => column === 'user_prompts' && format === 'gemini-share-json',
    because: 'the truth counts the context and the summary that the agent put in',
  },
  {
    when: ({ column, format, ours }) => column === 'user_prompts' && format === 'opencode-run' && ours === '',
    because: 'the file does not hold prompts, so their number is unknown, not 0',
  },
];

/** Why we answer otherwise, in a sentence. Null: we know no reason. */
export function explain(cell: Comparison): string | null {
  return reasons.find(({ when }) => when(cell))?.because ?? null;
}

/** Does the truth of this cell mean what our field means? Hints and versions of file formats do not. */
export function isDefined(cell: Comparison): boolean {
  return !reasons.slice(0, 2).some(({ when }) => when(cell));
}
