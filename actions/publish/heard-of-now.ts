import { findSnapshot, type HeldHistory, markPublished } from '#sql/queries/snapshots.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { type LatestManifest, latestManifest, provePublic } from './latest-manifest.ts';

/**
 * Tells the history that the snapshot which a bucket's readers find was published, where a run died before it could. True if
 * the history hears of it only now; in a dry run it would. Null if the history never made that snapshot. Throws JobFailure
 * where strangers cannot read it.
 */
export async function heardOfNow(
  history: HeldHistory,
  bucket: Bucket,
  { manifest, bytes }: LatestManifest,
  dryRun: boolean,
): Promise<boolean | null> {
  const known = await findSnapshot(history, manifest.snapshot_id);
  if (known?.logSeq !== manifest.log_seq || known.recordCount !== manifest.record_count) return null;
  if (known.published) return false;
  await provePublic(bucket, latestManifest, bytes);
  if (!dryRun) await markPublished(history, manifest.snapshot_id);
  return true;
}
