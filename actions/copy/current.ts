import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ForeignManifest, readManifest } from '#domain/read-manifest.ts';
import { readLatest, snapshotFolder } from '../export/output-folder.ts';
import { JobFailure } from '../failure.ts';
import { otherVersion } from '../fetch/published.ts';

/** Manifests are small; anything larger is something else. */
const mostManifestBytes = 1024 * 1024;

/** The snapshot that a copy's `latest` leads to. */
export interface CurrentSnapshot {
  id: string;
  folder: string;
  manifest: ForeignManifest;
}

/** The snapshot that the copy's `latest` leads to. Throws JobFailure, with what to do, where there is none. */
export async function currentSnapshot(copy: string): Promise<CurrentSnapshot> {
  const latest = await readLatest(copy);
  if (latest === null) {
    throw new JobFailure(
      `There is no snapshot in ${copy} yet. Pull one first, or name the folder that has one.`,
    );
  }
  if (latest.kind === 'foreign') throw new JobFailure(noLink(copy));
  const id = basename(latest.target);
  const folder = snapshotFolder(copy, id);
  const read = readManifest(await manifestText(join(folder, 'manifest.json')));
  if (read.kind === 'other_version') throw new JobFailure(otherVersion(folder, read.version));
  if (read.kind === 'none' || read.manifest.snapshot_id !== id) {
    throw new JobFailure(`${folder} is no whole snapshot, though latest leads there. Pull it again.`);
  }
  return { id, folder, manifest: read.manifest };
}

export function noLink(copy: string): string {
  return `${join(copy, 'latest')} is no link to a snapshot, and is left alone. Move it elsewhere, or choose another folder.`;
}

async function manifestText(path: string): Promise<string> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return '';
  try {
    const { size } = await handle.stat();
    return size > mostManifestBytes ? '' : await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
