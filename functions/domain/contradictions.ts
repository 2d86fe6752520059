import type { Inspection } from './inspection.ts';
import type { License } from './license.ts';

/** A field on which the owner's declaration and the facts differ. */
export interface Contradiction {
  field: 'license' | 'agent' | 'model' | 'language';
  declared: string;
  found: string;
}

/**
 * Where openagentsessions.json says something else than the files show, or than the licence chosen with the submission
 * (null where none was chosen yet). What the files do not tell contradicts nothing.
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
  ) => {
    if (said === undefined || facts === null || facts.length === 0) return;
    if (!facts.some((fact) => sameName(said, fact))) {
      found.push({ field, declared: said, found: facts.join(', ') });
    }
  };
  compare('license', declared?.license, license === null ? null : [license]);
  compare('agent', declared?.session?.agent, derived.agent === null ? null : [derived.agent]);
  compare('model', declared?.session?.model, derived.models);
  compare('language', declared?.session?.language, derived.languages);
  return found;
}

/** Names people write differently: `Claude Code` is `claude-code`; a model's provider and date may be left out. */
function sameName(said: string, fact: string): boolean {
  const [a, b] = [said, fact].map((name) => name.toLowerCase().replace(/[^a-z0-9+#]+/g, ''));
  if (a === undefined || b === undefined || a === '') return false;
  return a === b || (a.length >= 4 && b.includes(a)) || (b.length >= 4 && a.includes(b));
}
