import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleRow } from '../../published/example-rows.ts';
import { type PlacedRow, readRows } from './read-rows.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
  path = join(folder, 'submissions.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string): Promise<PlacedRow[]> {
  await writeFile(path, text);
  const placed: PlacedRow[] = [];
  for await (const row of readRows(path)) placed.push(row);
  return placed;
}

test('rows come in the order of the file, each with the place of its line', async () => {
  const rows = [
    exampleRow({ gist_id: '2'.repeat(32), title: 'Größe' }),
    exampleRow({ gist_id: '1'.repeat(32) }),
  ];
  const lines = rows.map((row) => JSON.stringify(row));
  const placed = await read(`${lines.join('\n')}\n`);
  expect(placed.map(({ row }) => row)).toEqual(rows);
  const text = Buffer.from(`${lines.join('\n')}\n`);
  for (const { row, offset, bytes } of placed)
    expect(JSON.parse(text.toString('utf8', offset, offset + bytes))).toEqual(row);
});

test('an export without rows has none', async () => {
  expect(await read('')).toEqual([]);
});

test('a line that is not JSON is named by file and number', async () => {
  await expect(read(`${JSON.stringify(exampleRow({}))}\n{"gist_id":\n`)).rejects.toThrow(
    /submissions\.ndjson, line 2: not JSON\.$/,
  );
});

test('a line that breaks the schema is named by file, number and field', async () => {
  await expect(read(`${JSON.stringify({ ...exampleRow({}), total_bytes: -1 })}\n`)).rejects.toThrow(
    /submissions\.ndjson, line 1: total_bytes: /,
  );
});

test('a file that is cut off is an error, and not a smaller index', async () => {
  const line = JSON.stringify(exampleRow({}));
  await expect(read(`${line}\n${line}`)).rejects.toThrow(/line 2: it is cut off\.$/);
});
