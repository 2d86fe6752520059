import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declarationFile, maxDeclaration, readDeclaration } from './declaration.ts';
import { licenseIds } from './license.ts';

const written = {
  schema_version: '1.0.0',
  license: 'MIT',
  session: { agent: 'claude-code', topic: 'Paging an archive' },
  tags: ['sql'],
};
const text = (fields: object = {}) => JSON.stringify({ ...written, ...fields });

test('a declaration is read as it was written, without fields nobody knows', () => {
  expect(readDeclaration(text({ mood: 'good' }))).toEqual({ declaration: written });
});

test('a byte-order mark before it is passed over', () => {
  expect(readDeclaration(`\ufeff${text()}`)).toEqual({ declaration: written });
});

test('spaces around a text are not part of it', () => {
  const read = readDeclaration(text({ tags: ['  sql\n'] }));
  expect(read).toMatchObject({ declaration: { tags: ['sql'] } });
});

test.each([
  ['broken JSON', '{"schema_version": "1.0.0",', 'It is not valid JSON.'],
  ['nothing', '', 'It is not valid JSON.'],
  ['a list', '[]', 'It is not a JSON object.'],
  ['null', 'null', 'It is not a JSON object.'],
  ['another version', text({ schema_version: '1.0' }), 'The field “schema_version” must be “1.0.0”.'],
  ['a wrong field', text({ tags: 'sql' }), 'The field “tags” must be a list.'],
  ['a wrong field inside', text({ session: { model: 7 } }), 'The field “session.model” must be text.'],
  [
    'a wrong element',
    text({ tags: ['a', ''] }),
    'The field “tags.1” must be left out where there is nothing to say.',
  ],
  [
    'an unknown licence',
    text({ license: 'WTFPL' }),
    `The field “license” must be one of ${licenseIds.join(', ')}.`,
  ],
  ['a long tag', text({ tags: ['x'.repeat(41)] }), 'The field “tags.0” must be at most 40 characters long.'],
  ['a yes', text({ redaction_done: 'yes' }), 'The field “redaction_done” must be true or false.'],
  [
    'a day for a time',
    text({ created_at: '2026-05-02' }),
    'The field “created_at” must be a time with its zone, such as 2026-05-02T08:15:00Z.',
  ],
  [
    'no fingerprint',
    text({ false_positives: ['abc'] }),
    'The field “false_positives.0” must be a fingerprint of 64 digits and letters a to f.',
  ],
  [
    'too many false positives',
    text({ false_positives: Array(501).fill('0'.repeat(64)) }),
    'The field “false_positives” must be a list of at most 500.',
  ],
  ['too much', text({ note: 'x'.repeat(maxDeclaration) }), 'It is longer than 100,000 characters.'],
  ['depth without end', '['.repeat(maxDeclaration), 'It is not valid JSON.'],
])('%s: a sentence about it', (_, given, problem) => {
  expect(readDeclaration(given)).toEqual({ problem });
});

test('what the file says is not repeated in the sentence', () => {
  const read = readDeclaration(text({ license: 'marker-word', session: { topic: ['marker-word'] } }));
  expect(JSON.stringify(read)).not.toContain('marker-word');
});

test('any text is a declaration or a sentence, and nothing is thrown', () => {
  const json = fc.json().map((value) => `{"schema_version":"1.0.0","session":${value}}`);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), json), (given) => {
      const read = readDeclaration(given);
      if ('problem' in read) expect(read.problem).toMatch(/^(?:It|The field “[a-z_.\d]+”) .*\.$/);
      else expect(read.declaration.schema_version).toBe('1.0.0');
    }),
  );
});

test('the file is called what its users were told', () => {
  expect(declarationFile).toBe('openagentsessions.json');
});

test('words are one line that is what it looks like', () => {
  const session = { topic: 'one\nline\u202etwo\u0007', agent: '\u202e\u200b' };
  const read = readDeclaration(text({ session, tags: ['a\nb', '\u202e', 'ok\ud800'] }));
  expect(read).toMatchObject({
    declaration: { session: { topic: 'one linetwo' }, tags: ['a b', 'ok\ufffd'] },
  });
  expect(read).not.toHaveProperty('declaration.session.agent');
});
