import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleManifest, exampleRow } from './example-rows.ts';
import { latestFolder, readSnapshot } from './snapshot.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'published-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function publish(lines: readonly string[], recordCount = lines.length): Promise<void> {
  const snapshot = join(folder, 'snapshots/2026-11-22T06-00-00-000Z');
  await mkdir(snapshot, { recursive: true });
  await writeFile(join(snapshot, 'submissions.ndjson'), lines.map((line) => `${line}\n`).join(''));
  await writeFile(join(snapshot, 'manifest.json'), JSON.stringify(exampleManifest(recordCount)));
  await symlink('snapshots/2026-11-22T06-00-00-000Z', join(folder, 'latest'));
}

const read = async () => readSnapshot(await latestFolder(folder));

test('a missing folder is an index without a snapshot', async () => {
  expect(await latestFolder(join(folder, 'nowhere'))).toBeNull();
  expect(await read()).toEqual({ manifest: null, rows: [], byGist: new Map() });
});

test('an export without rows has a manifest and no rows', async () => {
  await publish([]);
  const { manifest, rows } = await read();
  expect(manifest?.record_count).toBe(0);
  expect(rows).toEqual([]);
});

test('rows come in the order of the file, and by their gist', async () => {
  const first = exampleRow({ gist_id: '2'.repeat(32), seq: 3 });
  const second = exampleRow({ gist_id: '1'.repeat(32), seq: 9 });
  await publish([first, second].map((row) => JSON.stringify(row)));
  const { rows, byGist } = await read();
  expect(rows).toEqual([first, second]);
  expect(byGist.get(second.gist_id)).toEqual(second);
});

test('a line that is not JSON is named by file and number', async () => {
  await publish([JSON.stringify(exampleRow({})), '{"gist_id":']);
  await expect(read()).rejects.toThrow(/submissions\.ndjson, line 2: not JSON\.$/);
});

test('a line that breaks the schema is named by file, number and field', async () => {
  await publish([JSON.stringify({ ...exampleRow({}), total_bytes: -1 })]);
  await expect(read()).rejects.toThrow(/submissions\.ndjson, line 1: total_bytes: /);
});

test('fewer rows than the manifest says is an error, not a smaller index', async () => {
  await publish([JSON.stringify(exampleRow({}))], 2);
  await expect(read()).rejects.toThrow('has 1 rows; its manifest says 2.');
});
