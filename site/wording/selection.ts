import type { FacetName } from '../browse/facets.ts';
import type { SortName } from '../browse/selection.ts';
import { agentName } from './agents.ts';
import { bytesText, countText } from './figures.ts';

/** What a facet is called. */
export const facetWords: Readonly<Record<FacetName, string>> = {
  agent: 'Agent',
  model: 'Model',
  language: 'Language',
  license: 'Licence',
  length: 'Length',
  month: 'Began in',
  fit: 'Content',
  tag: 'Tag',
  contributor: 'Owner',
};

export const orderWords: Readonly<Record<SortName, string>> = {
  newest: 'Newest approval first',
  oldest: 'Oldest approval first',
  longest: 'Most messages first',
  tokens: 'Most tokens first',
  largest: 'Largest first',
};

/** What values are called that are made up here. */
const valueWords: Partial<Record<FacetName, Readonly<Record<string, string>>>> = {
  length: {
    unknown: 'Not counted',
    'under-10': 'Under 10 messages',
    '10-49': '10–49 messages',
    '50-199': '50–199 messages',
    '200-999': '200–999 messages',
    '1000-up': '1000 messages and more',
  },
  fit: {
    'first-prompt': 'First prompt',
    paired: 'All tool results',
    whole: 'Not cut off',
    thinking: 'Thinking',
    subagents: 'Subagents',
    unredacted: 'Nothing redacted',
    clean: 'Clean scan',
  },
};

/** A facet's value for reading. `label` is what else is known of it: an owner's login. */
export function valueText(facet: FacetName, value: string, label: string | null = null): string {
  if (facet === 'agent') return agentName(value);
  if (facet === 'contributor') return label ?? `account ${value}`;
  const words = valueWords[facet] ?? {};
  return (Object.hasOwn(words, value) && words[value]) || value;
}

/** The bytes and licences of sessions, in one line: 5.6 GB; CC0-1.0 700, MIT 534. Bytes are null where nobody counted them. */
export function weightText(bytes: number | null, licenses: Readonly<Record<string, number>>): string {
  const parts = Object.entries(licenses)
    .sort(([, a], [, b]) => b - a)
    .map(([license, sessions]) => `${license} ${countText(sessions)}`);
  return [bytes ? bytesText(bytes) : '', parts.join(', ')].filter(Boolean).join('; ');
}
