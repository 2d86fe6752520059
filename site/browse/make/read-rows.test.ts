import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { exampleRow } from '../../published/example-rows.ts';
import { readLines, readRows } from './read-rows.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
  path = join(folder, 'submissions.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string): Promise<DatasetRow[]> {
  await writeFile(path, text);
  const rows: DatasetRow[] = [];
  for await (const { row } of readRows(path)) rows.push(row);
  return rows;
}

test('rows come in the order of the file, and each line tells where it is', async () => {
  const rows = [
    exampleRow({ gist_id: '2'.repeat(32), title: 'Größe' }),
    exampleRow({ gist_id: '1'.repeat(32) }),
  ];
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  expect(await read(text)).toEqual(rows);
  const bytes = Buffer.from(text);
  let number = 0;
  for await (const line of readLines(path)) {
    number += 1;
    expect(line.number).toBe(number);
    expect(bytes.toString('utf8', line.offset, line.offset + line.bytes)).toBe(line.text);
  }
  expect(number).toBe(2);
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
