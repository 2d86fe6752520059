import { type PublishedStatus, publishedStatus } from '#domain/status.ts';
import { departures } from '#domain/submission.ts';
import type { Db, Transaction } from '#sql/db.ts';
import { lastRecheck } from '#sql/queries/rechecks.ts';
import { readStanding } from '#sql/queries/status.ts';
import { writeChanges } from '../export/write-changes.ts';

/** Writes all departures so far to a file, as an export does, and returns the status of the same moment. */
export async function gather(
  tx: Transaction,
  path: string,
  snapshotId: string | null,
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<PublishedStatus> {
  const { digest, lines } = await writeChanges(tx, path, { after: 0, kinds: departures }, { signal });
  const { logSeq, counts } = await readStanding(tx);
  return publishedStatus.parse({
    schema_version: '1.0.0',
    generated_at: now.toISOString(),
    snapshot_id: snapshotId,
    log_seq: logSeq,
    counts,
    last_recheck: await readRecheck(tx),
    removed: { ...digest, lines },
  });
}

async function readRecheck(tx: Db): Promise<PublishedStatus['last_recheck']> {
  const last = await lastRecheck(tx);
  if (last === null) return null;
  const { finishedAt, checked, changed, suspended, gone, restored, failed } = last;
  return { finished_at: finishedAt.toISOString(), checked, changed, suspended, gone, restored, failed };
}
