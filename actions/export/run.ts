import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, snapshotId } from '#domain/snapshot.ts';
import type { Database, Transaction } from '#sql/db.ts';
import { takeFileLock } from '#sql/file-lock.ts';
import { hasChangesAfter, readDatasetHead } from '#sql/queries/dataset.ts';
import { lapseQuarantines } from '#sql/queries/moves.ts';
import {
  type HeldHistory,
  holdingHistory,
  newestPublishedSnapshot,
  recordSnapshot,
} from '#sql/queries/snapshots.ts';
import { decide, type Verdict } from './decide.ts';
import { keepLatest, type LatestKept, newestUsable, nextExportTime } from './history.ts';
import {
  installSnapshot,
  pointLatest,
  readLatest,
  removeLeftovers,
  syncFolder,
  unfinishedFolder,
} from './output-folder.ts';
import type { Watch } from './write-rows.ts';
import { completeSnapshot, copyDatabase, type SnapshotPlan } from './write-snapshot.ts';

export interface Input {
  /** The output folder; made if it is not there. */
  output: string;
  /** Export even though many rows are gone. */
  force: boolean;
  /** What the descriptions in a snapshot say of where it is from; left out: a site in development. */
  about?: SnapshotPlan['about'];
}

/** What is said where nobody has set anything. */
export const inDevelopment = { site: 'http://127.0.0.1:4321', license: null };

export interface Tools extends Watch {
  db: Database;
  now(): Date;
  /** Takes a line worth telling the operator. */
  log(line: string): void;
}

export type Outcome =
  | { kind: 'exported'; manifest: Manifest }
  | { kind: 'unchanged'; id: string; latest: LatestKept }
  | { kind: 'busy'; what: 'folder' | 'database' }
  | { kind: 'latest_is_no_link' }
  | Extract<Verdict, { kind: 'shrunk' }>;

/**
 * Writes a snapshot of what is listed now and turns `latest` to it, unless nothing changed since the newest one.
 * May be killed anywhere: `latest` stays whole, and the next run puts the rest right.
 */
export async function run(input: Input, tools: Tools): Promise<Outcome> {
  const { output } = input;
  for (const gistId of await lapseQuarantines(tools.db)) {
    tools.log(`The quarantine of gist ${gistId} has ended.`);
  }

  await mkdir(output, { recursive: true });
  const lock = takeFileLock(join(output, '.lock'));
  if (lock === undefined) return { kind: 'busy', what: 'folder' };
  try {
    if ((await readLatest(output))?.kind === 'foreign') return { kind: 'latest_is_no_link' };
    await removeLeftovers(output);
    const outcome = await holdingHistory(tools.db, (history) => exportHeld(history, input, tools));
    return outcome ?? { kind: 'busy', what: 'database' };
  } finally {
    lock.release();
  }
}

async function exportHeld(
  history: HeldHistory,
  { output, force, about = inDevelopment }: Input,
  tools: Tools,
): Promise<Outcome> {
  const newest = await newestUsable(history, output, tools.log);
  const exportedAt = await nextExportTime(history, tools.now());
  const id = snapshotId(exportedAt);
  const folder = unfinishedFolder(output, id);

  const read = async (tx: Transaction) => {
    const head = await readDatasetHead(tx);
    const changed = newest === null || (await hasChangesAfter(tx, newest.logSeq));
    const published = await newestPublishedSnapshot(tx);
    const verdict = decide({ newest, published, head, changed, now: exportedAt, force });
    if (verdict.kind !== 'write') return verdict;
    await mkdir(folder);
    const plan = { id, exportedAt, head, previous: published, about };
    return { kind: 'copied' as const, plan, copied: await copyDatabase(tx, folder, plan, tools) };
  };

  try {
    const result = await history.transaction(read, 'repeatable read read only');
    if (result.kind === 'shrunk') return result;
    if (result.kind === 'unchanged') {
      return { kind: 'unchanged', id: result.snapshot.id, latest: await keepLatest(output, result.snapshot) };
    }
    const manifest = await completeSnapshot(folder, result.plan, result.copied, tools);
    await syncFolder(folder);
    tools.signal.throwIfAborted();
    // Before the folder gets its name: the history must know every snapshot that was ever seen.
    await recordSnapshot(history, manifest);
    await installSnapshot(output, id);
    await pointLatest(output, id);
    return { kind: 'exported', manifest };
  } catch (error) {
    // What cannot be removed now is removed by the next run.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}
