import type { SchemaElement } from 'hyparquet';
import type { RowMessage, SessionRow } from '#domain/conversation/session-row.ts';

/** What a field holds; `messages` and `calls` are lists of structs. */
type Kind = 'text' | 'number' | 'flag' | 'texts' | 'messages' | 'calls';

/** The columns of a row, in their order. */
export const columns = {
  gist_id: 'text',
  gist_version: 'text',
  gist_url: 'text',
  gist_owner_login: 'text',
  license: 'text',
  record_id: 'text',
  seq: 'number',
  title: 'text',
  file: 'text',
  session: 'number',
  agent: 'text',
  agent_version: 'text',
  format: 'text',
  session_ids: 'texts',
  models: 'texts',
  started_at: 'text',
  ended_at: 'text',
  user_messages: 'number',
  assistant_messages: 'number',
  tool_calls: 'number',
  tool_names: 'texts',
  input_tokens: 'number',
  output_tokens: 'number',
  languages: 'texts',
  first_prompt_present: 'flag',
  tool_calls_paired: 'flag',
  truncated: 'flag',
  has_thinking: 'flag',
  has_subagents: 'flag',
  redactions: 'number',
  content_key: 'text',
  branches: 'number',
  messages: 'messages',
} as const satisfies Record<keyof SessionRow, Kind>;

export const columnNames = keysOf(columns);

const message = {
  role: 'text',
  content: 'text',
  reasoning: 'text',
  tool_calls: 'calls',
  tool_call_id: 'text',
  failed: 'flag',
  purpose: 'text',
  counted: 'flag',
  subagent: 'text',
  id: 'text',
  parent_id: 'text',
  model: 'text',
  time: 'text',
  input_tokens: 'number',
  output_tokens: 'number',
  attachments: 'texts',
} as const satisfies Record<keyof RowMessage, Kind>;

const call = { id: 'text', name: 'text', arguments: 'text', counted: 'flag' } as const;

/** The schema, as Parquet lists it: each group before what is in it. */
export const schema: SchemaElement[] = [
  { name: 'root', num_children: Object.keys(columns).length },
  ...fields(columns),
];

function fields(of: Readonly<Record<string, Kind>>): SchemaElement[] {
  return Object.entries(of).flatMap(([name, kind]) => field(name, kind));
}

function field(name: string, kind: Kind): SchemaElement[] {
  const repetition_type = 'OPTIONAL';
  if (kind === 'text') return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type }];
  if (kind === 'number') return [{ name, type: 'INT64', repetition_type }];
  if (kind === 'flag') return [{ name, type: 'BOOLEAN', repetition_type }];
  const of = kind === 'messages' ? message : call;
  const element: SchemaElement[] =
    kind === 'texts'
      ? field('element', 'text')
      : [{ name: 'element', repetition_type, num_children: Object.keys(of).length }, ...fields(of)];
  return [
    { name, repetition_type, converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}

/** A value as the writer takes it: numbers have 64 bits, and one that is no exact number is unknown. */
export function parquetValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  if (Array.isArray(value)) return value.map(parquetValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, parquetValue(inner)]));
}

function keysOf<Key extends string>(of: Readonly<Record<Key, Kind>>): Key[] {
  const keys: Key[] = [];
  for (const key in of) keys.push(key);
  return keys;
}
