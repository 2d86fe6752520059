import type { Derived } from '#domain/derived.ts';
import { type TruthColumn, type TruthRow, truthColumns } from './truth.ts';

/** A known cell of the truth beside ours. */
export interface Comparison {
  path: string;
  column: TruthColumn;
  truth: string;
  ours: string;
  same: boolean;
  format: string | null;
  truncated: boolean | null;
}

/** Compares a file's known cells one by one. */
export function compareCells(row: TruthRow, derived: Derived): Comparison[] {
  const answers = answersOf(derived);
  const { format, truncated } = derived;
  const known = truthColumns.filter((column) => row.cells[column] !== '');
  return known.map((column) => {
    const [truth, ours] = [row.cells[column], answers[column]];
    const same = column.endsWith('_ts') ? instant(truth) === instant(ours) : truth === ours;
    return { path: row.path, column, truth, ours, same, format, truncated };
  });
}

function answersOf(ours: Derived): Record<TruthColumn, string> {
  const list = (names: readonly string[] | null) => (names ?? []).join(';');
  const count = (value: number | null) => (value === null ? '' : String(value));
  return {
    models: list(ours.models),
    version: ours.agent_version ?? '',
    session_ids: list(ours.session_ids),
    user_prompts: count(ours.user_messages),
    assistant_messages: count(ours.assistant_messages),
    tool_calls: count(ours.tool_calls),
    tool_names: list(ours.tool_names),
    first_ts: ours.started_at ?? '',
    last_ts: ours.ended_at ?? '',
    input_tokens: count(ours.input_tokens),
    output_tokens: count(ours.output_tokens),
  };
}

/** A time in any of the ways files print it, as comparable text: local ones stay as they are. */
function instant(text: string): string {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d{1,2}):(\d\d):(\d\d) ([AP])M$/.exec(text);
  if (american) {
    const [, month = '', day = '', year, hour, minute, second, half] = american;
    const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
    const clock = [String(hours).padStart(2, '0'), minute, second].join(':');
    return instant(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${clock}`);
  }
  const joined = text.replace(' ', 'T');
  const zoned = /Z$|[+-]\d\d:\d\d$/.test(joined);
  const milliseconds = Date.parse(zoned ? joined : `${joined}Z`);
  return Number.isNaN(milliseconds) ? text : `${milliseconds}${zoned ? '' : ' local'}`;
}
