import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { exampleRow } from '../../published/example-rows.ts';
import { facetNames, facetsOf } from '../facets.ts';
import { readSelection, type Selection, sortNames } from '../selection.ts';
import { wordsOf, wordsOfSession } from '../words.ts';
import { duckdbQuery } from './duckdb-query.ts';

const hostile = [
  "Robert'); DROP TABLE sessions;--",
  '\u202eevil /* \n -- \u2028 \\',
  'a"b$1\\1%_[x]{y}',
  '👩‍👩‍👧 emoji',
];
const titles = [
  'Fix a test',
  'Fïx thé TEST again',
  'ΟΔΟΣ and οδος',
  '日本語のテスト 한국어 ภาษาไทย',
  `Long ${'x'.repeat(80)}`,
  'test-driven fixing, 2 of 3',
  'İstanbul ÅNGSTRÖM',
  ...hostile,
];

const rows: DatasetRow[] = Array.from({ length: 60 }, (_, n) => {
  const pick = <Value>(values: readonly Value[], step: number) =>
    values[(n * step + (n >> 3)) % values.length];
  return exampleRow({
    gist_id: n.toString(16).padStart(32, '0'),
    gist_owner_id: String(4_000_000_000 + (n % 5)),
    approved_at: `2026-1${n % 3 === 0 ? 0 : 1}-${String(28 - ((n >> 1) % 28)).padStart(2, '0')}T06:00:00.000Z`,
    license: pick(['MIT', 'CC0-1.0', 'CC-BY-4.0'] as const, 1) ?? 'MIT',
    title: pick(titles, 1) ?? '',
    topic: pick([null, 'Testing', ...hostile], 3) ?? null,
    tags: [pick(hostile, 1) ?? '', pick(['fix', 'tests', 'O’Neil'], 2) ?? ''],
    total_bytes: (n * 7919) % 1000,
    agent: pick([null, 'codex', 'claude-code', 'pi'] as const, 1) ?? null,
    models: pick([null, [], ['gpt-5'], ['gpt-5', 'o3'], [hostile[0] ?? '']], 1) ?? null,
    languages: pick([null, ['Rust'], ['Rust', 'C++']], 2) ?? null,
    started_at:
      pick([null, '2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00', '2025-12-24T10:00:00Z'], 1) ?? null,
    user_messages: pick([null, 0, 1, 9, 10, 500, 1000], 1) ?? null,
    assistant_messages: pick([null, null, 0, 1, 40, 199, 200], 3) ?? null,
    input_tokens: pick([null, 10, 5000], 1) ?? null,
    output_tokens: pick([null, null, 20, 7], 1) ?? null,
    first_prompt_present: pick([null, true, false], 1) ?? null,
    tool_calls_paired: pick([null, true, false], 2) ?? null,
    truncated: pick([null, false, true], 1) ?? null,
    has_thinking: pick([true, null, false], 1) ?? null,
    has_subagents: pick([false, true, null], 1) ?? null,
    redactions: pick([null, 0, 3], 1) ?? null,
    scan: pick([null, 'clean', 'reviewed'] as const, 1) ?? null,
  });
}).sort((a, b) => compare(b.approved_at, a.approved_at) || compare(a.gist_id, b.gist_id));

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

const everything: Selection = readSelection(new URLSearchParams()).selection;

async function selectedByDuckdb(selection: Selection): Promise<string[]> {
  const found = await duckdb.runAndReadAll(duckdbQuery(selection, folder, 'Some sessions'));
  return found.getRowObjects().map((row) => String(row.gist_id));
}

/** What the selection is said to be, word for word. */
function selected({ facets, text, from, to, sort }: Selection): string[] {
  const found = rows.filter((row) => {
    const values = facetsOf(row);
    const month = row.started_at?.slice(0, 7) ?? null;
    const words = wordsOfSession(row);
    return (
      facetNames.every((name) => {
        const sought = facets[name] ?? [];
        if (sought.length === 0) return true;
        return name === 'fit'
          ? sought.every((value) => values.fit.includes(value))
          : sought.some((value) => values[name].includes(value));
      }) &&
      (from === null || (month !== null && month >= from)) &&
      (to === null || (month !== null && month <= to)) &&
      wordsOf(text).every((word) => words.includes(word))
    );
  });
  const sum = (a: number | null, b: number | null) => (a === null && b === null ? -1 : (a ?? 0) + (b ?? 0));
  const measure: Record<string, (row: DatasetRow) => number> = {
    longest: (row) => sum(row.user_messages, row.assistant_messages),
    tokens: (row) => sum(row.input_tokens, row.output_tokens),
    largest: (row) => row.total_bytes,
  };
  const by = measure[sort];
  if (by) found.sort((a, b) => by(b) - by(a));
  if (sort === 'oldest') found.reverse();
  return found.map((row) => row.gist_id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
  const subsets = Object.fromEntries(
    facetNames.map((name) => {
      const values = [...new Set(rows.flatMap((row) => facetsOf(row)[name]))];
      return [name, fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.subarray([...values, 'no such']))];
    }),
  );
  const month = fc.constantFrom(null, null, '2025-12', '2026-01', '2026-02');
  const selections = fc.record({
    facets: fc.record(subsets),
    text: fc.constantFrom('', '', 'fix', 'test', 'fix again', 'emoji'),
    from: month,
    to: month,
    sort: fc.constantFrom(...sortNames),
  }) as fc.Arbitrary<Selection>;
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
