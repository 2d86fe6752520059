import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copySnapshots } from './copy-snapshots.ts';

const older = '2026-11-21T06-00-00-000Z';
const newer = '2026-11-22T06-00-00-000Z';

let source: string;
let client: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'copied-'));
  source = join(folder, 'exports');
  client = join(folder, 'client');
  await mkdir(source);
  await mkdir(client);
});
afterEach(() => rm(join(source, '..'), { recursive: true }));

async function exported(name: string): Promise<void> {
  const folder = join(source, 'snapshots', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'urls.txt'), `urls of ${name}\n`);
  await writeFile(join(folder, 'manifest.json'), `{"snapshot_id":"${name}"}\n`);
}

const copied = (path: string) => readFile(join(client, path), 'utf8');

test('every snapshot keeps its address, and the newest has the ones that follow it too', async () => {
  await exported(older);
  await exported(newer);
  await symlink(`snapshots/${newer}`, join(source, 'latest'));
  await copySnapshots(source, client);

  for (const id of [older, newer]) {
    expect(await copied(`dataset/snapshots/${id}/urls.txt`)).toBe(`urls of ${id}\n`);
    expect(await copied(`dataset/snapshots/${id}/manifest.json`)).toContain(id);
  }
  expect((await readdir(join(client, 'dataset/latest'))).sort()).toEqual(['manifest.json', 'urls.txt']);
  expect(await copied('dataset/latest/manifest.json')).toContain(newer);
  expect(await copied('urls.txt')).toBe(`urls of ${newer}\n`);
});

test('what is not a snapshot’s folder is not published', async () => {
  await exported(newer);
  await exported(`.export-${older}`);
  await exported('notes');
  await writeFile(join(source, 'snapshots', older), 'a file');
  await symlink(`snapshots/${newer}`, join(source, 'latest'));
  await copySnapshots(source, client);
  expect(await readdir(join(client, 'dataset/snapshots'))).toEqual([newer]);
});

test('without an export nothing is copied', async () => {
  await copySnapshots(join(source, 'nowhere'), client);
  expect(await readdir(client)).toEqual([]);
});
