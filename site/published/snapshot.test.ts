import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { latestFolder } from './snapshot.ts';

test('latest is the folder it stands for, and nothing as long as there is none', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'published-')));
  try {
    expect(await latestFolder(join(folder, 'nowhere'))).toBeNull();
    expect(await latestFolder(folder)).toBeNull();
    await mkdir(join(folder, 'snapshots/one'), { recursive: true });
    await symlink('snapshots/one', join(folder, 'latest'));
    expect(await latestFolder(folder)).toBe(join(folder, 'snapshots/one'));
  } finally {
    await rm(folder, { recursive: true });
  }
});
