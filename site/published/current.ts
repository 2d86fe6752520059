import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { latestFolder, readSnapshot, type Snapshot } from './snapshot.ts';

let kept: { key: string; snapshot: Promise<Snapshot> } | null = null;

/**
 * The newest export; on a built site the one it was built from. Read once in a build and once by a built site; in
 * development read again when another export has taken its place, told by the folder `latest` stands for and its
 * manifest's time.
 */
export async function currentSnapshot(): Promise<Snapshot> {
  if (kept !== null && import.meta.env.PROD) return kept.snapshot;
  const latest = await latestFolder(import.meta.env.DATASET_FOLDER);
  const key = latest === null ? '' : `${latest} ${(await stat(join(latest, 'manifest.json'))).mtimeMs}`;
  if (kept?.key !== key) kept = { key, snapshot: readSnapshot(latest) };
  return kept.snapshot;
}
