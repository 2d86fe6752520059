import type { Contradiction } from '#domain/contradictions.ts';
import type { Inspection } from '#domain/inspection.ts';

/** What people call the fields of openagentsessions.json that can be compared with something. */
export const fieldLabels: Readonly<Record<Contradiction['field'], string>> = {
  license: 'Licence',
  agent: 'Agent',
  model: 'Model',
  language: 'Language',
  consent_confirmed: 'All agree to its being public',
  redaction_done: 'Redacted',
};

/** How a declaration stands against what is so, in a few words; null where nothing differs. */
export function declaredText({
  contradictions,
  declaration_problem,
}: Pick<Inspection, 'declaration_problem'> & {
  contradictions: readonly Pick<Contradiction, 'field'>[];
}): string | null {
  if (declaration_problem !== null) return 'cannot be used';
  if (contradictions.length === 0) return null;
  return `differs: ${contradictions.map(({ field }) => fieldLabels[field].toLowerCase()).join(', ')}`;
}
