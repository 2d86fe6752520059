import { departures } from '#domain/submission.ts';
import type { Database, Transaction } from '#sql/db.ts';
import {
  abandonSnapshot,
  findSnapshot,
  type HeldHistory,
  markPublished,
  newestSnapshot,
} from '#sql/queries/snapshots.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { withFile } from '../bucket/content.ts';
import { writeChanges } from '../export/write-changes.ts';
import { JobFailure } from '../failure.ts';
import { compareRemoved, type Extension, removedDiffers } from './append-only.ts';
import { decide, type Refused } from './decide.ts';
import { withDeparturesFile } from './departures-file.ts';
import { heardOfNow } from './heard-of-now.ts';
import { type LatestManifest, readLatestManifest } from './latest-manifest.ts';
import { bytesOf, type LocalSnapshot, readLocalSnapshot } from './local-snapshot.ts';
import { holdingBoth } from './locks.ts';
import { type Sent, sendSnapshot, turnLatest } from './send.ts';

export interface Input {
  /** Where exports are. */
  output: string;
  /** Only say what would be sent. */
  dryRun: boolean;
  /** Publish in a bucket that has nothing yet, though snapshots were published elsewhere. */
  emptyBucket: boolean;
}

export interface Tools {
  db: Database;
  bucket: Bucket;
  /** Called with the bytes that are done and those there are to do. */
  tally(done: number, total: number): void;
  signal: AbortSignal;
}

export type Outcome =
  | ({ kind: 'published'; local: LocalSnapshot } & Sent)
  | { kind: 'planned'; local: LocalSnapshot; files: PlannedFile[]; latest: string | null }
  /** An earlier run had published it, and died before the history heard of it. */
  | { kind: 'finished'; id: string }
  | { kind: 'nothing'; id: string | null }
  /** As `finished`, and a newer snapshot does not follow it, so that one is given up. */
  | { kind: 'overtaken'; id: string; abandoned: string }
  | { kind: 'busy' }
  | Refused;

interface PlannedFile {
  key: string;
  bytes: number;
  /** An earlier run left it there; whether its bytes are right is found out by publishing. */
  there: boolean;
}

/**
 * Publishes the newest snapshot that was not yet. May be killed anywhere: readers find the earlier snapshot whole or this one,
 * and the next run finishes the work. Throws JobFailure where the bucket stands against it.
 */
export async function run(input: Input, tools: Tools): Promise<Outcome> {
  const outcome = await holdingBoth(input.output, tools.db, (history) => publishHeld(history, input, tools));
  return outcome ?? { kind: 'busy' };
}

async function publishHeld(history: HeldHistory, input: Input, tools: Tools): Promise<Outcome> {
  const { output, dryRun, emptyBucket } = input;
  const { bucket } = tools;
  await bucket.check();
  const there = await readLatestManifest(bucket);
  const before = await newestSnapshot(history);
  const local = before && (await readLocalSnapshot(output, before.id));
  const verdict = decide({ newest: before, local, there, emptyBucket });
  const isOther = verdict.kind === 'refused' && verdict.why === 'other_bytes';
  if (there && before && !isOther && (await heardOfNow(history, bucket, there, dryRun))) {
    const { snapshot_id: id } = there.manifest;
    if (id === before.id) return { kind: 'finished', id };
    if (!dryRun) await abandonSnapshot(history, before.id);
    return { kind: 'overtaken', id, abandoned: before.id };
  }
  if (verdict.kind === 'nothing' && before?.published === false) {
    return { kind: 'refused', why: 'other_bytes', id: before.id, expected: null, found: before.id };
  }
  if (verdict.kind !== 'publish') return verdict;
  await refuseOtherRemovals(history, verdict.local, tools);
  if (dryRun) return plan(bucket, verdict.local, there);

  const sent = await publish(history, verdict.local, there, tools);
  return { kind: 'published', local: verdict.local, ...sent };
}

async function publish(
  history: HeldHistory,
  local: LocalSnapshot,
  there: LatestManifest | null,
  { bucket, tally, signal }: Tools,
): Promise<Sent> {
  const { snapshot_id: id } = local.manifest;
  const total = 2 * bytesOf(local);
  let done = 0;
  const watch = {
    signal,
    sent(bytes: number) {
      done += bytes;
      tally(done, total);
    },
  };
  const sent = await sendSnapshot(bucket, local, watch);
  await turnLatest(bucket, local, there, watch, async () => {
    // With the connection the lock is gone, and others may have gone on.
    if ((await newestSnapshot(history))?.id === id) return;
    throw new JobFailure('The history of snapshots changed meanwhile. Run this again.');
  });
  const known = await findSnapshot(history, id);
  if (known?.published === false) await markPublished(history, id);
  return sent;
}

/** Before anything is sent: what may not be overwritten must not be found in the end. */
async function refuseOtherRemovals(
  history: HeldHistory,
  { files }: LocalSnapshot,
  { bucket, signal }: Tools,
): Promise<void> {
  const removed = files.find(({ name }) => name === 'removed.ndjson');
  if (removed === undefined) throw new Error('a snapshot has no removed.ndjson');
  let { kind } = await withFile(removed.path, (content) => compareRemoved(bucket, content));
  // The hourly refresh may be ahead of the snapshot, but not of the database: one that was set back lists again what left.
  if (kind === 'goes_on') kind = await compareDeparturesNow(history, bucket, signal);
  if (kind === 'differs' || kind === 'goes_on') throw new JobFailure(removedDiffers(bucket));
}

async function compareDeparturesNow(
  history: HeldHistory,
  bucket: Bucket,
  signal: AbortSignal,
): Promise<Extension['kind']> {
  return withDeparturesFile(async (path) => {
    const write = (tx: Transaction) => writeChanges(tx, path, { after: 0, kinds: departures }, { signal });
    await history.transaction(write, 'repeatable read read only');
    return (await withFile(path, (content) => compareRemoved(bucket, content))).kind;
  });
}

async function plan(bucket: Bucket, local: LocalSnapshot, there: LatestManifest | null): Promise<Outcome> {
  const files: PlannedFile[] = [];
  for (const { name, bytes } of local.files) {
    const key = `${local.manifest.snapshot_dir}/${name}`;
    files.push({ key, bytes, there: (await bucket.find(key)) !== null });
  }
  return { kind: 'planned', local, files, latest: there?.manifest.snapshot_id ?? null };
}
