import type { Contradiction } from '#domain/contradictions.ts';

/** What people call the fields of openagentsessions.json that can be compared with something. */
export const fieldLabels: Readonly<Record<Contradiction['field'], string>> = {
  license: 'Licence',
  agent: 'Agent',
  model: 'Model',
  language: 'Language',
  consent_confirmed: 'All agree to its being public',
  redaction_done: 'Redacted',
};
