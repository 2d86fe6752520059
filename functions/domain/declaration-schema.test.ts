import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declaration } from './declaration.ts';
import { declarationSchema } from './declaration-schema.ts';

const address = 'https://index.test/schema/openagentsessions.json';
const validate = new Ajv2020({ strict: true }).compile(declarationSchema(address));

/** What both say of a declaration, so that a difference shows which one it is. */
const verdicts = (value: unknown) => ({
  schema: validate(value),
  ours: declaration.safeParse(value).success,
});
const accepted = { schema: true, ours: true };
const refused = { schema: false, ours: false };

const whole = {
  schema_version: '1.0.0',
  license: 'CC-BY-4.0',
  consent_confirmed: true,
  redaction_done: true,
  created_at: '2026-11-22T06:00:00+01:00',
  session: { agent: 'claude-code', model: 'a-model', language: 'typescript', topic: 'Paging an archive' },
  tags: ['bugfix', 'sql'],
  false_positives: ['0123456789abcdef'.repeat(4)],
};

test('the schema names itself and the draft it is written in', () => {
  expect(declarationSchema(address)).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: address,
    title: 'openagentsessions.json',
    required: ['schema_version'],
  });
});

test.each([
  ['every field', whole],
  ['the least there can be', { schema_version: '1.0.0' }],
  ['a pointer to the schema, and a field of a later version', { ...whole, $schema: address, mood: 'good' }],
  ['spaces around a name', { schema_version: '1.0.0', session: { agent: `  ${'a'.repeat(100)}\n` } }],
  ['a time to the millisecond in UTC', { schema_version: '1.0.0', created_at: '2024-02-29T23:59:59.123Z' }],
])('a declaration with %s is good', (_, value) => {
  expect(verdicts(value)).toEqual(accepted);
});

test.each([
  ['an empty object', {}],
  ['a list', [whole]],
  ['null', null],
  ['another version', { schema_version: '2.0.0' }],
  ['a licence that cannot be chosen', { ...whole, license: 'GPL-3.0-only' }],
  ['a time without a zone', { ...whole, created_at: '2026-11-22T06:00:00' }],
  ['a day that is none', { ...whole, created_at: '2026-02-30T06:00:00Z' }],
  ['an answer that is no yes or no', { ...whole, redaction_done: 'yes' }],
  ['a name of spaces', { ...whole, session: { agent: ' \t ' } }],
  ['a name too long', { ...whole, session: { model: 'm'.repeat(101) } }],
  ['a topic too long', { ...whole, session: { topic: 't'.repeat(201) } }],
  ['eleven tags', { ...whole, tags: Array(11).fill('tag') }],
  ['a fingerprint cut short', { ...whole, false_positives: ['0123'] }],
  ['a session that is a text', { ...whole, session: 'claude-code' }],
])('a declaration that is %s is refused', (_, value) => {
  expect(verdicts(value)).toEqual(refused);
});

const name = fc.oneof(fc.string({ maxLength: 45 }), fc.string({ minLength: 95, maxLength: 105 }));
const anything = fc.record(
  {
    schema_version: fc.constantFrom('1.0.0', '1.0', 1),
    license: fc.constantFrom('MIT', 'mit', '', null),
    created_at: fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.string(),
    ),
    session: fc.record({ agent: name, topic: name }, { requiredKeys: [] }),
    tags: fc.array(name, { maxLength: 12 }),
    false_positives: fc.array(fc.stringMatching(/^[0-9a-fA-F]{63,65}$/), { maxLength: 3 }),
    other: fc.jsonValue(),
  },
  { requiredKeys: ['schema_version'] },
);

test('the schema and we agree about any declaration', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const { schema, ours } = verdicts(value);
      expect(schema).toBe(ours);
    }),
    { numRuns: 2000 },
  );
});
