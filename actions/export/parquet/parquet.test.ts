import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { datasetFields } from '#domain/dataset-row.ts';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { emptyIndex, listGists } from '#sql/testing-rows.ts';
import { fillIndex } from '#sql/testing-sessions.ts';
import { exportTo, outputFolder } from '../testing.ts';
import { countDifferences } from './testing-same-rows.ts';

let fresh: FreshDatabase;
let latest: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  const output = outputFolder(afterAll);
  await fillIndex(fresh.db, 3000);
  // What is hard to write down, and what is not known.
  const awkward = [
    '"',
    '\\',
    '\\N',
    'a\tb\nc\rd',
    '\u0001\u007f\u0085\u2028\u2029',
    '😀 重写',
    'NULL',
    '{}',
    '[null]',
    '',
    ' x ',
    "it's",
  ];
  for (const [i, text] of awkward.entries()) {
    await fresh.db.query(
      `update inspection set topic = $1, tags = array[$1, 'a,b', ''], models = array[$1], tool_names = null, input_tokens = $2, output_tokens = null
        where gist_id in (select gist_id from submission where listed_seq % 12 = $3)`,
      [text, i === 0 ? 9007199254740991 : i, i],
    );
    await fresh.db.query(
      `update submission set title = $1, files = json_build_array(json_build_object('name', $1::text, 'bytes', 0,
         'git_blob_sha', repeat('b', 40), 'raw_url', 'https://example.org/raw?a=%22')) where listed_seq % 36 = $2`,
      [text, i],
    );
  }
  await fresh.db.query(
    `delete from inspection where gist_id in (select gist_id from submission where listed_seq % 14 = 0)`,
  );
  await exportTo(fresh.db, output);
  latest = join(output, 'latest');
}, 240_000);
afterAll(() => fresh.close());

test.each(['duckdb', 'hyparquet'] as const)(
  'read by %s, every row is the line of the NDJSON, value by value',
  async (reader) => {
    expect(await countDifferences(latest, reader)).toBe(0);
  },
);

test('the columns are the row’s fields in their order', async () => {
  const { schema } = await parquetMetadataAsync(
    await asyncBufferFromFile(join(latest, 'submissions.parquet')),
  );
  const names = schema.map(({ name }) => name);
  expect(names.filter((name) => datasetFields.some((field) => field === name))).toEqual(datasetFields);
});

test('the place of a gist leads to its line', async () => {
  const file = await asyncBufferFromFile(join(latest, 'submissions-by-gist.parquet'));
  const places = await parquetReadObjects({ file, compressors });
  const lines = readFileSync(join(latest, 'submissions.ndjson'));
  expect(places).toHaveLength(3000);
  const ids = places.map(({ gist_id }) => gist_id);
  expect(ids).toEqual(ids.toSorted());
  for (const { gist_id, byte_offset, bytes } of places) {
    const line = lines.subarray(Number(byte_offset), Number(byte_offset) + bytes).toString();
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line).gist_id).toBe(gist_id);
  }
});

test('of an empty index there are Parquet files without rows', async () => {
  await emptyIndex(fresh.db);
  const output = outputFolder();
  await exportTo(fresh.db, output, { force: true, now: () => new Date('2026-04-01T00:00:00Z') });
  expect(await countDifferences(join(output, 'latest'), 'hyparquet')).toBe(0);
  await listGists(fresh.db, 1);
});
