import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { facetNames, facetsOf } from '../facets.ts';
import { type Selection, sortNames } from '../selection.ts';
import { wordsOfSession } from '../words.ts';
import { duckdbQuery } from './duckdb-query.ts';
import { everything, hostile, rows, selected, selections, titles } from './testing-rows.ts';

const columns = {
  ...Object.fromEntries(
    [
      'gist_id',
      'gist_owner_id',
      'approved_at',
      'license',
      'title',
      'topic',
      'agent',
      'started_at',
      'scan',
    ].map((name) => [name, 'varchar']),
  ),
  ...Object.fromEntries(['tags', 'models', 'languages'].map((name) => [name, 'varchar[]'])),
  ...Object.fromEntries(
    ['total_bytes', 'user_messages', 'assistant_messages', 'input_tokens', 'output_tokens', 'redactions'].map(
      (name) => [name, 'bigint'],
    ),
  ),
  ...Object.fromEntries(
    ['first_prompt_present', 'tool_calls_paired', 'truncated', 'has_thinking', 'has_subagents'].map(
      (name) => [name, 'boolean'],
    ),
  ),
};

let folder = '';
let duckdb: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openagentsessions-query-'));
  await writeFile(join(folder, 'rows.ndjson'), rows.map((row) => JSON.stringify(row)).join('\n'));
  duckdb = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const types = JSON.stringify(columns).replaceAll('"', "'");
  await duckdb.run(
    `copy (from read_json('${folder}/rows.ndjson', format = 'newline_delimited', columns = ${types}))
     to '${folder}/submissions.parquet'`,
  );
});
afterAll(async () => {
  duckdb?.closeSync();
  await rm(folder, { recursive: true });
});

async function selectedByDuckdb(selection: Selection): Promise<string[]> {
  const found = await duckdb.runAndReadAll(duckdbQuery(selection, folder, 'Some sessions'));
  return found.getRowObjects().map((row) => String(row.gist_id));
}

test.each(facetNames)('each value of %s selects the sessions that have it', async (name) => {
  const values = [...new Set(rows.flatMap((row) => facetsOf(row)[name]))];
  expect(values.length).toBeGreaterThan(1);
  for (const value of values) {
    const selection = { ...everything, facets: { [name]: [value] } };
    const found = await selectedByDuckdb(selection);
    expect(found, value).toEqual(selected(selection));
    expect(found.length, value).toBeGreaterThan(0);
  }
});

test.each(facetNames)('a value of %s that is unknown here selects nothing', async (name) => {
  for (const value of ['no such', '\u0000', ...hostile.map((each) => `${each}\u0000x`)])
    expect(await selectedByDuckdb({ ...everything, facets: { [name]: [value] } }), value).toEqual([]);
});

test.each(sortNames)('the order %s is that of the list', async (sort) => {
  expect(await selectedByDuckdb({ ...everything, sort })).toEqual(selected({ ...everything, sort }));
});

test.each([
  ...titles,
  'FIX tést',
  'fix TEST',
  'fixes',
  'tes',
  'テスト',
  '日 本',
  '語の',
  '한국어',
  '한국',
  'ภาษา',
  'ΟΔΌΣ',
  'οδος',
  'angstrom istanbul',
  'x'.repeat(64),
  `y${'𐍈'.repeat(70)}`,
  'x'.repeat(63),
  'x'.repeat(90),
  '2 3',
  '!!!',
  '',
])('the words of “%s” are found in the same sessions', async (text) => {
  expect(await selectedByDuckdb({ ...everything, text })).toEqual(selected({ ...everything, text }));
});

test.each(facetNames)('what is called like something every object has is no value of %s', async (facet) => {
  for (const value of ['__proto__', 'constructor', 'toString']) {
    expect(await selectedByDuckdb({ ...everything, facets: { [facet]: [value] } })).toEqual([]);
  }
});

test('a word that no session has selects those with one of the words that are looked for instead', async () => {
  const instead = new Map([
    ['fixe', ['fixing', 'fix']],
    ['nothing', []],
  ]);
  const query = (text: string) =>
    duckdb
      .runAndReadAll(duckdbQuery({ ...everything, text }, folder, 'Some', instead))
      .then((found) => found.getRowObjects().map((row) => String(row.gist_id)));
  const either = (row: DatasetRow) => ['fix', 'fixing'].some((word) => wordsOfSession(row).includes(word));
  expect(await query('fixe test')).toEqual(
    rows.filter((row) => either(row) && wordsOfSession(row).includes('test')).map((row) => row.gist_id),
  );
  expect((await query('fixe')).length).toBeGreaterThan((await query('fixe test')).length);
  expect(await query('nothing')).toEqual([]);
});

test('facets, months, words and orders together select the same rows as the list', async () => {
  await fc.assert(
    fc.asyncProperty(selections, async (selection) => {
      expect(await selectedByDuckdb(selection)).toEqual(selected(selection));
    }),
    { numRuns: 150 },
  );
});

test('a query’s text holds nothing that hides, reorders or ends a line', () => {
  const facets = { tag: hostile, agent: ['\u061c\u200b\r\n'] };
  const query = duckdbQuery(
    { ...everything, facets, text: '\u202e' },
    'https://x/\u200f',
    '2 sessions\n; DROP',
  );
  expect(query.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  expect(query.split('\n')).toHaveLength(5);
  expect(query).toContain("'Robert''); DROP TABLE sessions;--'");
});
