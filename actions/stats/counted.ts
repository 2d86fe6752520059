import { z } from 'zod';
import type { ListedRow } from '../copy/listed-row.ts';
import { addTime, addTo, addValues, noValues, type Span, type Sum, type Values } from './numbers.ts';

export const flagNames = [
  'first_prompt_present',
  'tool_calls_paired',
  'truncated',
  'has_thinking',
  'has_subagents',
] as const;
type FlagName = (typeof flagNames)[number];

export const sumNames = [
  'user_messages',
  'assistant_messages',
  'tool_calls',
  'input_tokens',
  'output_tokens',
  'redactions',
] as const;
type SumName = (typeof sumNames)[number];

const number = z.int().min(0).nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const text = z.string().nullish().catch(null);

/** What is counted besides what every command knows of a row. Where it is not as expected it is unknown. */
const countedRow = z.object({
  gist_owner_id: text,
  languages: z.array(z.string()).nullish().catch(null),
  input_tokens: number,
  output_tokens: number,
  redactions: number,
  first_prompt_present: flag,
  tool_calls_paired: flag,
  truncated: flag,
  has_thinking: flag,
  has_subagents: flag,
});

/** The numbers of some rows. */
export interface Counted {
  sessions: number;
  files: number;
  bytes: number;
  /** Accounts by their numeric ids. */
  contributors: Set<string>;
  approved: Span;
  started: Span;
  agents: Values;
  licenses: Values;
  formats: Values;
  models: Values;
  languages: Values;
  flags: Record<FlagName, { yes: number; no: number; unknown: number }>;
  sums: Record<SumName, Sum>;
}

export function nothingCounted(): Counted {
  const flagCount = () => ({ yes: 0, no: 0, unknown: 0 });
  const sum = (): Sum => ({ sum: null, known: 0 });
  return {
    sessions: 0,
    files: 0,
    bytes: 0,
    contributors: new Set(),
    approved: { first: null, last: null },
    started: { first: null, last: null },
    agents: noValues(),
    licenses: noValues(),
    formats: noValues(),
    models: noValues(),
    languages: noValues(),
    flags: {
      first_prompt_present: flagCount(),
      tool_calls_paired: flagCount(),
      truncated: flagCount(),
      has_thinking: flagCount(),
      has_subagents: flagCount(),
    },
    sums: {
      user_messages: sum(),
      assistant_messages: sum(),
      tool_calls: sum(),
      input_tokens: sum(),
      output_tokens: sum(),
      redactions: sum(),
    },
  };
}

/** Counts a row in. */
export function countRow(counted: Counted, row: ListedRow): void {
  const more = countedRow.parse(row);
  counted.sessions += 1;
  counted.files += row.files.length;
  counted.bytes += row.total_bytes;
  counted.contributors.add(more.gist_owner_id ?? row.gist_owner_login);
  addTime(counted.approved, row.approved_at);
  addTime(counted.started, row.started_at);
  addValues(counted.agents, row.agent);
  addValues(counted.licenses, row.license);
  addValues(counted.formats, row.format);
  addValues(counted.models, row.models);
  addValues(counted.languages, more.languages);
  const { user_messages, assistant_messages, tool_calls } = row;
  const sums = { ...more, user_messages, assistant_messages, tool_calls };
  for (const name of sumNames) addTo(counted.sums[name], sums[name]);
  for (const name of flagNames) {
    const is = more[name];
    counted.flags[name][is === true ? 'yes' : is === false ? 'no' : 'unknown'] += 1;
  }
}
