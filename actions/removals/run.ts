import { setTimeout as sleep } from 'node:timers/promises';
import type { PublishedStatus } from '#domain/status.ts';
import type { Database } from '#sql/db.ts';
import type { HeldHistory } from '#sql/queries/snapshots.ts';
import type { Bucket, Watch } from '../bucket/bucket.ts';
import { bytesContent, withFile } from '../bucket/content.ts';
import { JobFailure } from '../failure.ts';
import { compareRemoved, extendRemoved, otherHistory } from '../publish/append-only.ts';
import { withDeparturesFile } from '../publish/departures-file.ts';
import { heardOfNow } from '../publish/heard-of-now.ts';
import { provePublic, readLatestManifest } from '../publish/latest-manifest.ts';
import { holdingBoth } from '../publish/locks.ts';
import { gather } from './gather.ts';

export interface Input {
  /** Where exports are; its lock is taken. */
  output: string;
  /** Only say what would be written. */
  dryRun: boolean;
}

export interface Tools {
  db: Database;
  bucket: Bucket;
  now(): Date;
  progress(text: string): void;
  signal: AbortSignal;
  /** How often to try, and how long to wait between, in milliseconds, while another job exports or publishes. */
  patience: { tries: number; pause: number };
}

export type Outcome =
  | { kind: 'refreshed' | 'planned'; status: PublishedStatus; added: boolean; finished: string | null }
  | { kind: 'busy' };

const statusKey = 'latest/status.json';

/**
 * Brings `latest/removed.ndjson` up to the database, and then `latest/status.json`; nothing else is written. May be killed
 * anywhere and run again. Throws JobFailure where the bucket stands against it, or has departures the database has not.
 */
export async function run({ output, dryRun }: Input, tools: Tools): Promise<Outcome> {
  const { tries, pause } = tools.patience;
  for (let left = tries; left > 0; left -= 1) {
    const outcome = await holdingBoth(output, tools.db, (history) => refresh(history, dryRun, tools));
    if (outcome !== null) return outcome;
    tools.progress('waiting for another job that exports or publishes');
    if (left > 1) {
      await sleep(pause, undefined, { signal: tools.signal }).catch(() => tools.signal.throwIfAborted());
    }
  }
  return { kind: 'busy' };
}

async function refresh(history: HeldHistory, dryRun: boolean, tools: Tools): Promise<Outcome> {
  const { bucket, signal } = tools;
  const there = await readLatestManifest(bucket);
  const snapshotId = there?.manifest.snapshot_id ?? null;
  const finished = there !== null && (await heardOfNow(history, bucket, there, dryRun));
  if (finished === null) {
    // Its departures would have log numbers that snapshot has given to others.
    throw new JobFailure(
      `latest in ${bucket.title} is ${snapshotId}, a snapshot this database never made. ${otherHistory} Nothing was written.`,
    );
  }
  return withDeparturesFile(async (path) => {
    const status = await history.transaction(
      (tx) => gather(tx, path, snapshotId, { now: tools.now(), signal }),
      'repeatable read read only',
    );
    const watch: Watch = { signal, sent: () => undefined };
    const added = await withFile(path, async (content) => {
      const compared = await compareRemoved(bucket, content);
      if (compared.kind === 'same') return false;
      if (!dryRun || compared.kind !== 'extends') await extendRemoved(bucket, content, compared, watch);
      return true;
    });
    if (!dryRun) await putStatus(bucket, status, watch);
    return {
      kind: dryRun ? 'planned' : 'refreshed',
      status,
      added,
      finished: finished ? snapshotId : null,
    };
  });
}

async function putStatus(bucket: Bucket, status: PublishedStatus, watch: Watch): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(status, null, 2)}\n`);
  await bucket.replace(statusKey, bytesContent(bytes), watch);
  await provePublic(bucket, statusKey, bytes);
}
