import type { DatasetRow } from '#domain/dataset-row.ts';

/** What a list tells of a session, in the order a card is written in. */
export const cardFields = [
  'gist_id',
  'gist_version',
  'gist_owner_id',
  'gist_owner_login',
  'approved_at',
  'license',
  'title',
  'topic',
  'tags',
  'total_bytes',
  'agent',
  'agent_version',
  'models',
  'started_at',
  'user_messages',
  'assistant_messages',
  'tool_calls',
  'input_tokens',
  'output_tokens',
  'languages',
  'scan',
  'first_prompt_present',
  'tool_calls_paired',
  'truncated',
  'has_thinking',
  'has_subagents',
  'redactions',
] as const satisfies readonly (keyof DatasetRow)[];

/** A session as lists show it: a row without what only its own page tells. */
export type Card = Pick<DatasetRow, (typeof cardFields)[number]> & CardExtras;

interface CardExtras {
  file_count: number;
}

/** A row's card as one line: its values without their names, which would be most of it. */
export function cardText(row: DatasetRow): string {
  return JSON.stringify([...cardFields.map((name) => row[name]), row.files.length]);
}

/** The card that `cardText` wrote. */
export function readCard(text: string): Card {
  const values: unknown = JSON.parse(text);
  if (!Array.isArray(values) || values.length !== cardFields.length + 1) throw new Error('not a card');
  const fields = Object.fromEntries(cardFields.map((name, index) => [name, values[index]]));
  return { ...(fields as Omit<Card, keyof CardExtras>), file_count: values[cardFields.length] };
}
