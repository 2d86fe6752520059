import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { linesOf, removalOf, rowOf } from '../pull/testing.ts';
import { departed, readDepartures } from './departures.ts';
import { readRows } from './rows.ts';

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-rows-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function idsOf(text: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { record_id } of readRows(folderOf({ 'submissions.ndjson': text }))) ids.push(record_id);
  return ids;
}

test('rows come in the order of the file, wherever its pieces end, and keep fields nobody knows', async () => {
  const rows = Array.from({ length: 1500 }, (_, n) => ({
    ...rowOf(n + 1),
    title: 'ß€😀'.repeat(n % 50),
    later: n,
  }));
  const text = linesOf(rows);
  expect(text.length).toBeGreaterThan(1_000_000);
  const read: object[] = [];
  for await (const row of readRows(folderOf({ 'submissions.ndjson': text }))) read.push(row);
  expect(read).toEqual(rows);
});

test('no rows are no rows', async () => {
  expect(await idsOf('')).toEqual([]);
});

test.each([
  [
    'a line that is no JSON',
    `${linesOf([rowOf(1)])}{]\n`,
    /Line 2 of .+submissions\.ndjson is not as .+\(all of it\)/,
  ],
  ['a row without its files', linesOf([{ ...rowOf(1), files: null }]), /Line 1 of .+ \(files\)/],
  ['a gist id with a path in it', linesOf([{ ...rowOf(1), gist_id: '../../x' }]), /Line 1 of .+ \(gist_id\)/],
  ['a last line that is cut off', linesOf([rowOf(1)]).slice(0, -1), /The last line of .+ is cut off/],
  [
    'a line that does not end',
    `${linesOf([rowOf(1)])}${'x'.repeat(5e6)}`,
    /Line 2 of .+ is longer than any can be/,
  ],
  ['a line that ends too late', `${'x'.repeat(9e6)}\n`, /Line 1 of .+ is longer than any can be/],
])('%s: a sentence with the line', async (_, text, words) => {
  await expect(idsOf(text)).rejects.toThrow(words);
});

test('the last departure of each record counts, and is void where the row was listed since', async () => {
  const snapshot = folderOf({ 'removed.ndjson': linesOf([removalOf(1, 4), removalOf(2, 5)]) });
  const later = { ...removalOf(2, 9), kind: 'gone', reason: null };
  const unknown = { ...removalOf(3, 10), kind: 'dissolved' };
  const copy = folderOf({
    'removed.ndjson': linesOf([removalOf(1, 4), removalOf(2, 5), later, unknown]),
  });
  const departures = await readDepartures(copy, snapshot);
  expect(departed(rowOf(1, 3), departures)).toMatchObject({ seq: 4, kind: 'withdrawn' });
  expect(departed(rowOf(1, 5), departures)).toBeNull();
  expect(departed(rowOf(2, 6), departures)).toMatchObject({ seq: 9, kind: 'gone' });
  expect(departed(rowOf(3, 6), departures)).toMatchObject({ seq: 10, kind: 'removed' });
  expect(departed(rowOf(4, 6), departures)).toBeNull();
});

test('a copy without the hour’s departures goes by the snapshot’s own', async () => {
  const snapshot = folderOf({ 'removed.ndjson': linesOf([removalOf(1, 4)]) });
  expect((await readDepartures(folderOf({}), snapshot)).size).toBe(1);
});
