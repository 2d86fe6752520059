import { lstat, mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isSnapshotId } from '#domain/snapshot.ts';

/**
 * The output folder:
 *
 *   snapshots/<id>/   whole and never changed again
 *   latest            link to the newest of them
 *   .export-<id>/     one being written; a leftover when its export died
 *   .latest-<id>      the next `latest`, for an instant
 *   .lock             held by the running export
 */
export function snapshotFolder(output: string, id: string): string {
  return join(output, snapshotPath(id));
}

/** A snapshot's folder as seen from the output folder; also what the manifest calls it. */
export function snapshotPath(id: string): string {
  return `snapshots/${id}`;
}

export function unfinishedFolder(output: string, id: string): string {
  return join(output, `.export-${id}`);
}

/** Removes what dead exports left behind. Only for the holder of the folder's lock: nobody else is writing then. */
export async function removeLeftovers(output: string): Promise<void> {
  for (const name of await readdir(output)) {
    if (isLeftover(name, ['.export-', '.latest-']))
      await rm(join(output, name), { recursive: true, force: true });
  }
}

/** Is it called by one of these and a snapshot's id? Somebody may keep something of their own under a name like that. */
export function isLeftover(name: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix) && isSnapshotId(name.slice(prefix.length)));
}

/** What `latest` is. Anything but a link is not ours. Null when it is not there. */
export async function readLatest(
  output: string,
): Promise<{ kind: 'link'; target: string } | { kind: 'foreign' } | null> {
  const path = join(output, 'latest');
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return null;
  return found.isSymbolicLink() ? { kind: 'link', target: await readlink(path) } : { kind: 'foreign' };
}

/** Gives a finished and synced folder its final name. */
export async function installSnapshot(output: string, id: string): Promise<void> {
  await mkdir(join(output, 'snapshots'), { recursive: true });
  await rename(unfinishedFolder(output, id), snapshotFolder(output, id));
  await sync(join(output, 'snapshots'));
  await sync(output);
}

/** Turns `latest` to a snapshot by one rename: a reader finds the earlier one or this one, never less. */
export async function pointLatest(output: string, id: string): Promise<void> {
  const next = join(output, `.latest-${id}`);
  await symlink(snapshotPath(id), next);
  await rename(next, join(output, 'latest'));
  await sync(output);
}

/** Makes a folder's files survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await sync(join(folder, name));
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
