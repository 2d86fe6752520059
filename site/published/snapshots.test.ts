import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleManifest } from './example-rows.ts';
import { publishedSnapshots } from './snapshots.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function exported(id: string, previous: string | null): Promise<void> {
  const at = join(folder, 'snapshots', id);
  await mkdir(at, { recursive: true });
  const manifest = {
    ...exampleManifest(1),
    snapshot_id: id,
    previous_snapshot: previous,
    files: { 'urls.txt': { sha256: 'a'.repeat(64), bytes: 100 } },
  };
  await writeFile(join(at, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(at, 'SHA256SUMS'), `sums of ${id}\n`);
}

test('snapshots are told newest first, each with the hash of its sums and all its bytes', async () => {
  const [older, newer] = ['2026-11-21T06-00-00-000Z', '2026-11-22T06-00-00-000Z'];
  await exported(older, null);
  await exported(newer, older);
  await mkdir(join(folder, 'snapshots/.export-2026-11-23T06-00-00-000Z'));
  const found = await publishedSnapshots(folder);
  expect(found.map(({ manifest }) => [manifest.snapshot_id, manifest.previous_snapshot])).toEqual([
    [newer, older],
    [older, null],
  ]);
  expect(found[0]?.sums).toBe(createHash('sha256').update(`sums of ${newer}\n`).digest('hex'));
  expect(found[0]?.bytes).toBe(
    100 + JSON.stringify({ ...found[0]?.manifest }).length + `sums of ${newer}\n`.length,
  );
});

test('before the first export there are none', async () => {
  expect(await publishedSnapshots(folder)).toEqual([]);
});
