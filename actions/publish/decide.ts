import type { Snapshot } from '#sql/queries/snapshots.ts';
import type { LatestManifest } from './latest-manifest.ts';
import type { LocalSnapshot } from './local-snapshot.ts';

/** What there is to do, or why it is not done. */
export type Verdict =
  | { kind: 'publish'; local: LocalSnapshot }
  /** The newest snapshot is where it should be, and the history knows. */
  | { kind: 'nothing'; id: string | null }
  | Refused;

export interface Refused {
  kind: 'refused';
  why: 'not_here' | 'gone_from_here' | 'other_bytes' | 'bucket_empty' | 'bucket_elsewhere';
  id: string;
  /** What `latest` in the bucket should be for this snapshot to follow. */
  expected: string | null;
  /** What it is. */
  found: string | null;
}

export interface Situation {
  /** The newest snapshot of the history that is not abandoned. */
  newest: Snapshot | null;
  /** Its files, if they are here and whole. */
  local: LocalSnapshot | null;
  /** What the bucket's readers find. */
  there: LatestManifest | null;
  /** The operator says that this bucket has nothing yet, though snapshots were published before. */
  emptyBucket: boolean;
}

/** A snapshot follows the one its changes start from, and no other. */
export function decide({ newest, local, there, emptyBucket }: Situation): Verdict {
  if (newest === null) return { kind: 'nothing', id: null };
  const { id } = newest;
  const found = there?.manifest.snapshot_id ?? null;
  if (found === id && local !== null && !local.manifestBytes.equals(there?.bytes ?? Buffer.of())) {
    return { kind: 'refused', why: 'other_bytes', id, expected: null, found };
  }
  if (found === id) return { kind: 'nothing', id };
  const begins = found === null && emptyBucket;
  if (newest.published && !begins) {
    return {
      kind: 'refused',
      why: found === null ? 'bucket_empty' : 'bucket_elsewhere',
      id,
      expected: id,
      found,
    };
  }
  if (local === null) {
    // Of what was published an export makes no other.
    const why = newest.published ? 'gone_from_here' : 'not_here';
    return { kind: 'refused', why, id, expected: null, found };
  }
  const expected = local.manifest.previous_snapshot;
  if (found === expected || begins) return { kind: 'publish', local };
  return { kind: 'refused', why: found === null ? 'bucket_empty' : 'bucket_elsewhere', id, expected, found };
}
