import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rewriteManifest } from '../pull/testing.ts';
import { twoSnapshots } from '../pull/testing-world.ts';
import { currentSnapshot } from './current.ts';

test('the snapshot that latest leads to, with its manifest', async () => {
  const { copy, first } = await twoSnapshots();
  const folder = join(copy, 'snapshots', first);
  expect(await currentSnapshot(copy)).toMatchObject({ id: first, folder, manifest: { record_count: 3 } });
});

test('no snapshot, or none that can be used: a sentence with what to do', async () => {
  const { folder, copy, first } = await twoSnapshots();
  const other = join(folder, 'other');
  await expect(currentSnapshot(other)).rejects.toThrow(/There is no snapshot in .+ yet\. Pull one first/);
  mkdirSync(join(other, 'latest'), { recursive: true });
  await expect(currentSnapshot(other)).rejects.toThrow(/is no link to a snapshot, and is left alone/);

  await rewriteManifest(copy, first, (manifest) => {
    manifest.schema_version = '2.0.0';
  });
  await expect(currentSnapshot(copy)).rejects.toThrow(/is of version 2\.0\.0 .+ Update this program/);
  writeFileSync(join(copy, 'snapshots', first, 'manifest.json'), '{');
  await expect(currentSnapshot(copy)).rejects.toThrow(/is no whole snapshot, though latest leads there/);
});
