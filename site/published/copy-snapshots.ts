import type { Dirent } from 'node:fs';
import { link, readdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { manifest } from '#domain/snapshot.ts';
import { linkFolder } from './link-folder.ts';
import { latestFolder } from './snapshot.ts';

const snapshotId = manifest.shape.snapshot_id;

/**
 * Puts every snapshot of `source`, the folder of exports, to its unchanging address below `client`, the folder of
 * the built site, and the newest one's files under the addresses that follow it. An index without an export yet
 * is no error; anything else that keeps a file from being there is.
 */
export async function copySnapshots(source: string, client: string): Promise<void> {
  const to = resolve(client, 'dataset/snapshots');
  for (const id of await snapshotIds(resolve(source, 'snapshots'))) {
    await linkFolder(resolve(source, 'snapshots', id), resolve(to, id));
  }

  const latest = await latestFolder(source);
  if (latest === null) return;
  const newest = resolve(to, basename(latest));
  await linkFolder(newest, resolve(client, 'dataset/latest'));
  await link(resolve(newest, 'urls.txt'), resolve(client, 'urls.txt'));
}

/** The ids of the snapshots in a folder, in no order. An export gives its folder this name only once it is whole. */
export async function snapshotIds(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException): Dirent[] => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return found
    .filter((entry) => entry.isDirectory() && snapshotId.safeParse(entry.name).success)
    .map((entry) => entry.name);
}
