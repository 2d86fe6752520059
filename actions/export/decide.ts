import { schemaVersion } from '#domain/snapshot.ts';
import type { DatasetHead } from '#sql/queries/dataset.ts';
import type { Snapshot } from '#sql/queries/snapshots.ts';

/** A snapshot is made though nothing changed, to publish newer checks, when the oldest check it tells of is this old. */
const staleDays = 7;
/** Losing more rows than both of these at once looks like a fault of ours. */
const lossShare = 0.2;
const lossRows = 20;

export type Verdict =
  | { kind: 'write' }
  | { kind: 'unchanged'; snapshot: Snapshot }
  /** So many rows are gone that somebody should look first. */
  | { kind: 'shrunk'; before: number; now: number };

interface Situation {
  /** The newest snapshot that is not abandoned. */
  newest: Snapshot | null;
  /** The newest snapshot that was published. */
  published: Snapshot | null;
  /** What a snapshot taken now would hold. */
  head: DatasetHead;
  /** Has the dataset changed since `newest`? */
  changed: boolean;
  now: Date;
  /** Somebody has looked at a loss of rows. */
  force: boolean;
}

/** Is a new snapshot called for? */
export function decide({ newest, published, head, changed, now, force }: Situation): Verdict {
  if (newest === null) return { kind: 'write' };
  if (!changed && newest.schemaVersion === schemaVersion && !isStale(newest, head, now)) {
    return { kind: 'unchanged', snapshot: newest };
  }
  // Not from an unpublished one: many small losses between two publications would add up unseen.
  const before = (published ?? newest).recordCount;
  const lost = before - head.recordCount;
  if (lost > lossRows && lost > before * lossShare && !force) {
    return { kind: 'shrunk', before, now: head.recordCount };
  }
  return { kind: 'write' };
}

function isStale(newest: Snapshot, head: DatasetHead, now: Date): boolean {
  if (newest.verifiedFrom === null || head.verifiedFrom === null) return false;
  const verifiedFrom = newest.verifiedFrom.getTime();
  const old = now.getTime() - verifiedFrom > staleDays * 24 * 60 * 60 * 1000;
  return old && Date.parse(head.verifiedFrom) > verifiedFrom;
}
