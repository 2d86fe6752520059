import { expect, test } from 'vitest';
import { z } from 'zod';
import { datasetFields, datasetRow } from './dataset-row.ts';
import { fieldTable } from './field-table.ts';

const byName = new Map(fieldTable(datasetRow).map((field) => [field.name, field]));

test('every field of the row is there, in the order of the files', () => {
  const names = [...byName.keys()].filter((name) => !name.includes('[].'));
  expect(names).toEqual(datasetFields);
});

test('a nested object’s fields follow it', () => {
  const names = [...byName.keys()];
  expect(names.slice(names.indexOf('files'), names.indexOf('files') + 3)).toEqual([
    'files',
    'files[].name',
    'files[].bytes',
  ]);
});

test.each([
  ['gist_id', 'string', false],
  ['gist_url', 'URL', false],
  ['submitted_at', 'time', false],
  ['started_at', 'string', true],
  ['user_messages', 'integer', true],
  ['truncated', 'boolean', true],
  ['tags', 'list of strings', false],
  ['models', 'list of strings', true],
  ['files', 'list of objects', false],
  ['scan', 'clean | reviewed', true],
  ['source', 'github_gist', false],
])('%s is shown as %s, nullable %s', (name, type, nullable) => {
  expect(byName.get(name)).toMatchObject({ type, nullable });
});

test('the description is the schema’s', () => {
  const schema = z.object({ a: z.string().nullable().describe('What a is') });
  expect(fieldTable(schema)).toEqual([
    { name: 'a', type: 'string', nullable: true, description: 'What a is' },
  ]);
});
