import type { Inspection } from './inspection.ts';
import type { License } from './license.ts';

/** Fields of a declaration that can be compared with something. */
export const contradictable = [
  'license',
  'agent',
  'model',
  'language',
  'consent_confirmed',
  'redaction_done',
] as const;

/** A field on which the owner's declaration and the facts differ. */
export interface Contradiction {
  field: (typeof contradictable)[number];
  declared: string;
  found: string;
}

/**
 * Where openagentsessions.json says something else than the files show, or than the licence chosen with the submission
 * (null where none was chosen yet), or than the statement that comes with every submission. What the files do not tell
 * contradicts nothing.
 */
export function contradictions(
  { declared, derived }: Pick<Inspection, 'declared' | 'derived'>,
  license: License | null,
): Contradiction[] {
  const found: Contradiction[] = [];
  const compare = (
    field: Contradiction['field'],
    said: string | undefined,
    facts: readonly string[] | null,
    same: (said: string, fact: string) => boolean,
  ) => {
    if (said === undefined || facts === null || facts.length === 0) return;
    if (!facts.some((fact) => same(said, fact))) {
      found.push({ field, declared: said, found: firstOf(facts) });
    }
  };
  compare('license', declared?.license, license && [license], (said, fact) => said === fact);
  compare('agent', declared?.session?.agent, derived.agent && [derived.agent], sameName);
  compare('model', declared?.session?.model, derived.models, sameModel);
  compare('language', declared?.session?.language, derived.languages, namesLanguage);
  for (const field of ['consent_confirmed', 'redaction_done'] as const) {
    if (declared?.[field] === false) found.push({ field, declared: 'no', found: 'yes, in the statement' });
  }
  return found;
}

/** Enough names to see what differs; a gist may hold hundreds. */
const most = 10;

function firstOf(facts: readonly string[]): string {
  const more = facts.length - most;
  return more > 0 ? `${facts.slice(0, most).join(', ')} and ${more} more` : facts.join(', ');
}

/** Names people write differently: `Claude Code` is `claude-code`, and a part of a name is enough. */
function sameName(said: string, fact: string): boolean {
  const [a, b] = [bare(said), bare(fact)];
  if (a === '') return false;
  return a === b || (a.length >= 4 && b.includes(a)) || (b.length >= 4 && a.includes(b));
}

/** A model's date may be left out, and so may its provider: `anthropic/…`. */
function sameModel(said: string, fact: string): boolean {
  const [a = said, b = fact] = [said, fact].map((name) => name.split('/').at(-1));
  return sameName(a, b);
}

/** `TypeScript, SQL` names TypeScript, but `Java` does not name JavaScript. */
function namesLanguage(said: string, fact: string): boolean {
  return [said, ...said.split(/[\s,;/&()]+/)].some((name) => bare(name) === bare(fact));
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9+#]+/g, '');
}
