import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { currentListing } from './current-listing.ts';
import { exampleManifest, exampleRow } from './example-rows.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'owners-'));
  vi.stubEnv('DATASET_FOLDER', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('accounts are found by any login they are listed under, told by the newest, most sessions first', async () => {
  const rows = [
    { gist_id: 'a'.repeat(32), gist_owner_id: '1', gist_owner_login: 'ada-l', seq: 9 },
    { gist_id: 'b'.repeat(32), gist_owner_id: '2', gist_owner_login: 'Ada', seq: 8 },
    { gist_id: 'c'.repeat(32), gist_owner_id: '1', gist_owner_login: 'ada', seq: 7 },
  ].map(exampleRow);
  const snapshot = join(folder, 'snapshots/2026-11-22T06-00-00-000Z');
  await mkdir(snapshot, { recursive: true });
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  await writeFile(join(snapshot, 'submissions.ndjson'), lines);
  await writeFile(join(snapshot, 'manifest.json'), JSON.stringify(exampleManifest(rows.length)));
  await symlink('snapshots/2026-11-22T06-00-00-000Z', join(folder, 'latest'));

  const { ownersCalled } = await currentListing();
  expect(await ownersCalled('ADA')).toEqual([
    { id: '1', login: 'ada-l', sessions: 2 },
    { id: '2', login: 'Ada', sessions: 1 },
  ]);
  expect(await ownersCalled('ada-l')).toEqual([{ id: '1', login: 'ada-l', sessions: 2 }]);
  expect(await ownersCalled('ad')).toEqual([]);
});
