import { findSnapshot, type HeldHistory, markPublished } from '#sql/queries/snapshots.ts';
import type { LatestManifest } from './latest-manifest.ts';

/**
 * Tells the history that the snapshot which a bucket's readers find was published, where a run died before it could. True if
 * the history hears of it only now; in a dry run it would.
 */
export async function heardOfNow(
  history: HeldHistory,
  { manifest }: LatestManifest,
  dryRun = false,
): Promise<boolean> {
  const known = await findSnapshot(history, manifest);
  if (known === null || known.published) return false;
  if (!dryRun) await markPublished(history, manifest.snapshot_id);
  return true;
}
