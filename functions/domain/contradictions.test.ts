import { expect, test } from 'vitest';
import { derivedOf } from './combine.ts';
import { contradictions } from './contradictions.ts';
import { type Declaration, readDeclaration } from './declaration.ts';

const facts = {
  ...derivedOf({ summary: null, problems: [] }),
  agent: 'claude-code' as const,
  models: ['claude-sonnet-4-5-20250929', 'claude-haiku-4-5'],
  languages: ['JavaScript', 'C++'],
};

function declared(fields: object): Declaration {
  const read = readDeclaration(JSON.stringify({ schema_version: '1.0.0', ...fields }));
  if ('problem' in read) throw new Error(read.problem);
  return read.declaration;
}

const found = (fields: object) =>
  contradictions({ declared: declared(fields), derived: facts }, 'CC-BY-4.0').map(({ field }) => field);

test('each field that differs is told, with what was declared and what was found', () => {
  const said = { agent: 'Codex CLI', model: 'gpt-5', language: 'Rust' };
  const inspection = { declared: declared({ license: 'MIT', session: said }), derived: facts };
  expect(contradictions(inspection, 'CC-BY-4.0')).toEqual([
    { field: 'license', declared: 'MIT', found: 'CC-BY-4.0' },
    { field: 'agent', declared: 'Codex CLI', found: 'claude-code' },
    { field: 'model', declared: 'gpt-5', found: 'claude-sonnet-4-5-20250929, claude-haiku-4-5' },
    { field: 'language', declared: 'Rust', found: 'JavaScript, C++' },
  ]);
});

test.each([
  ['the same words', { agent: 'claude-code', model: 'claude-haiku-4-5', language: 'JavaScript' }],
  ['other spelling', { agent: 'Claude Code', model: 'Claude Sonnet 4.5', language: 'javascript' }],
  ['a provider, and no date', { model: 'anthropic/claude-sonnet-4-5' }],
  ['two languages, one of them found', { language: 'c++/SQL' }],
  ['nothing', {}],
])('%s contradict nothing', (_, session) => {
  expect(found({ license: 'CC-BY-4.0', session })).toEqual([]);
});

test.each([
  ['Java is not JavaScript', { language: 'Java' }, 'language'],
  ['C is not C++', { language: 'C' }, 'language'],
  ['another version of a model', { model: 'claude-opus-4-1' }, 'model'],
  ['a name in another script', { agent: 'クロード' }, 'agent'],
])('%s', (_, session, field) => {
  expect(found({ session })).toEqual([field]);
});

test('what the files do not tell, and a licence not chosen yet, contradict nothing', () => {
  const said = declared({ license: 'MIT', session: { agent: 'Codex', model: 'gpt-5', language: 'Rust' } });
  const untold = { ...facts, agent: null, models: null, languages: [] };
  expect(contradictions({ declared: said, derived: untold }, null)).toEqual([]);
});

test('of many names, the first are told', () => {
  const derived = { ...facts, models: Array.from({ length: 300 }, (_, i) => `model-${i}`) };
  const [told] = contradictions({ declared: declared({ session: { model: 'gpt-5' } }), derived }, null);
  expect(told?.found).toMatch(/^model-0, .*model-9 and 290 more$/);
});

test('a declaration without consent or redaction is contrary to the statement, chosen licence or not', () => {
  const said = declared({ consent_confirmed: false, redaction_done: false });
  expect(contradictions({ declared: said, derived: facts }, null)).toEqual([
    { field: 'consent_confirmed', declared: 'no', found: 'yes, in the statement' },
    { field: 'redaction_done', declared: 'no', found: 'yes, in the statement' },
  ]);
  expect(found({ consent_confirmed: true, redaction_done: true })).toEqual([]);
});

test('without a declaration there is nothing to contradict', () => {
  expect(contradictions({ declared: null, derived: facts }, 'MIT')).toEqual([]);
});
