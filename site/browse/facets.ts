import type { Card } from './card.ts';

/** The ways to narrow the index, in the order they are offered. Their names are those of addresses: `?agent=codex`. */
export const facetNames = [
  'agent',
  'model',
  'language',
  'license',
  'length',
  'month',
  'fit',
  'tag',
  'contributor',
] as const;
export type FacetName = (typeof facetNames)[number];

/** What a session's messages, asked and answered, come to. Each class starts where the one before ends. */
export const lengths = [
  { value: 'unknown', from: null },
  { value: 'under-10', from: 0 },
  { value: '10-49', from: 10 },
  { value: '50-199', from: 50 },
  { value: '200-999', from: 200 },
  { value: '1000-up', from: 1000 },
] as const;

/** What of a row or card the facets are read from. */
type Faceted = Omit<Card, 'file_count'>;

/** What somebody who trains on sessions asks of one. A session has each of these or not; unknown is not. */
const fitnesses: Readonly<Record<string, (row: Faceted) => boolean>> = {
  'first-prompt': (row) => row.first_prompt_present === true,
  paired: (row) => row.tool_calls_paired === true,
  whole: (row) => row.truncated === false,
  thinking: (row) => row.has_thinking === true,
  subagents: (row) => row.has_subagents === true,
  unredacted: (row) => row.redactions === 0,
  clean: (row) => row.scan === 'clean',
};

/** A session's values under each facet, each once; none where it is not known. A contributor is known by the account id. */
export function facetsOf(row: Faceted): Record<FacetName, readonly string[]> {
  return {
    agent: row.agent === null ? [] : [row.agent],
    model: eachOnce(row.models ?? []),
    language: eachOnce(row.languages ?? []),
    license: [row.license],
    length: [lengthOf(row)],
    month: row.started_at === null ? [] : [row.started_at.slice(0, 7)],
    fit: Object.keys(fitnesses).filter((name) => fitnesses[name]?.(row)),
    tag: eachOnce(row.tags),
    contributor: [row.gist_owner_id],
  };
}

/** A contributor may declare a tag twice, and no schema forbids it of the others. */
const eachOnce = (values: readonly string[]): string[] => [...new Set(values)];

function lengthOf({ user_messages: asked, assistant_messages: answered }: Faceted): string {
  if (asked === null && answered === null) return 'unknown';
  const messages = (asked ?? 0) + (answered ?? 0);
  return lengths.findLast(({ from }) => from !== null && from <= messages)?.value ?? 'unknown';
}
