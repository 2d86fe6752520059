import type { Db } from '#sql/db.ts';
import { abandonSnapshot, lastExportedAt, newestSnapshot, type Snapshot } from '#sql/queries/snapshots.ts';
import { pointLatest, readLatest, snapshotFolder, snapshotPath } from './output-folder.ts';
import { isWhole } from './whole.ts';

/**
 * The newest snapshot that can still be published, or was. Unpublished ones whose files are not whole in the output
 * folder cannot be any more: they are abandoned on the way.
 */
export async function newestUsable(
  history: Db,
  output: string,
  log: (line: string) => void,
): Promise<Snapshot | null> {
  for (;;) {
    const newest = await newestSnapshot(history);
    if (newest === null || newest.published) return newest;
    if (await isWhole(snapshotFolder(output, newest.id), newest.id)) return newest;
    await abandonSnapshot(history, newest.id);
    log(
      `Snapshot ${newest.id} was never published and its files are not whole in ${output}: it is abandoned.`,
    );
  }
}

/** Now, or just after the newest snapshot if the clock went back or ran no further: ids only ever grow. */
export async function nextExportTime(history: Db, now: Date): Promise<Date> {
  const last = await lastExportedAt(history);
  return last === null || now > last ? now : new Date(last.getTime() + 1);
}

/** What became of `latest` when there was nothing new to write. */
export type LatestKept = 'kept' | 'restored' | 'files_not_here';

/** Sees to it that `latest` leads to the newest usable snapshot, if its files are there. */
export async function keepLatest(output: string, { id, published }: Snapshot): Promise<LatestKept> {
  // `newestUsable` has just found an unpublished one whole.
  if (published && !(await isWhole(snapshotFolder(output, id), id))) return 'files_not_here';
  const latest = await readLatest(output);
  if (latest?.kind === 'link' && latest.target === snapshotPath(id)) return 'kept';
  await pointLatest(output, id);
  return 'restored';
}
