import { join } from 'node:path';
import { type Manifest, schemaVersion } from '#domain/snapshot.ts';
import { type ChangeKind, changeKinds, departures } from '#domain/submission.ts';
import type { Db } from '#sql/db.ts';
import { type DatasetHead, readChanges, readListedRows } from '#sql/queries/dataset.ts';
import { type FileDigest, HashedFile, writeHashed } from './hashed-file.ts';
import { changeLine, rowLine } from './lines.ts';
import { snapshotPath } from './output-folder.ts';
import { schemaText } from './schema.ts';

export interface SnapshotPlan {
  id: string;
  exportedAt: Date;
  head: DatasetHead;
  /** The published snapshot that changes start from; null when there is none yet. */
  previous: { id: string; logSeq: number } | null;
}

export interface Watch {
  /** Called now and then with what is being done. */
  progress(text: string): void;
  /** Ends the writing between two batches of rows, by throwing its reason. */
  signal: AbortSignal;
}

/**
 * Writes all files of a snapshot into an empty folder, reading from one transaction, and returns its manifest.
 * Rows pass through in batches; hashes are computed on the way.
 */
export async function writeSnapshot(
  tx: Db,
  folder: string,
  plan: SnapshotPlan,
  watch: Watch,
): Promise<Manifest> {
  const changes = new Map<ChangeKind, number>();
  const files: Record<string, FileDigest> = {
    ...(await writeRows(tx, folder, plan.head.recordCount, watch)),
    'changes.ndjson': await writeHashed(
      join(folder, 'changes.ndjson'),
      changeLines(tx, 'changes', plan.previous?.logSeq ?? 0, changeKinds, watch, changes),
    ),
    'removed.ndjson': await writeHashed(
      join(folder, 'removed.ndjson'),
      changeLines(tx, 'removed', 0, departures, watch),
    ),
    'schema.json': await writeHashed(join(folder, 'schema.json'), [schemaText()]),
  };
  const manifest: Manifest = {
    schema_version: schemaVersion,
    generated_at: plan.exportedAt.toISOString(),
    record_count: plan.head.recordCount,
    latest_dir: 'latest',
    snapshot_dir: snapshotPath(plan.id),
    snapshot_id: plan.id,
    previous_snapshot: plan.previous?.id ?? null,
    log_seq: plan.head.logSeq,
    verified_from: plan.head.verifiedFrom,
    verified_to: plan.head.verifiedTo,
    changes: Object.fromEntries(
      changeKinds.flatMap((kind) => (changes.has(kind) ? [[kind, changes.get(kind)]] : [])),
    ),
    files,
  };
  const sealed = await writeHashed(join(folder, 'manifest.json'), [`${JSON.stringify(manifest, null, 2)}\n`]);
  await writeHashed(join(folder, 'SHA256SUMS'), sumLines({ ...files, 'manifest.json': sealed }));
  return manifest;
}

async function writeRows(tx: Db, folder: string, expected: number, watch: Watch) {
  const urls = await HashedFile.create(join(folder, 'urls.txt'));
  try {
    const submissions = await HashedFile.create(join(folder, 'submissions.ndjson'));
    try {
      let written = 0;
      for await (const batch of readListedRows(tx)) {
        watch.signal.throwIfAborted();
        await submissions.write(batch.map(rowLine).join(''));
        await urls.write(batch.map((row) => `${row.gist_url}\n`).join(''));
        written += batch.length;
        watch.progress(`${written} of ${expected} rows`);
      }
      return { 'urls.txt': await urls.finish(), 'submissions.ndjson': await submissions.finish() };
    } finally {
      await submissions.close();
    }
  } finally {
    await urls.close();
  }
}

async function* changeLines(
  tx: Db,
  name: string,
  after: number,
  kinds: readonly ChangeKind[],
  watch: Watch,
  counts?: Map<ChangeKind, number>,
): AsyncGenerator<string> {
  for await (const batch of readChanges(tx, name, after, kinds)) {
    watch.signal.throwIfAborted();
    for (const { kind } of batch) counts?.set(kind, (counts.get(kind) ?? 0) + 1);
    yield batch.map(changeLine).join('');
  }
}

/** As `sha256sum` writes them and `sha256sum -c` reads them. */
function sumLines(files: Record<string, FileDigest>): string[] {
  return Object.entries(files).map(([name, { sha256 }]) => `${sha256}  ${name}\n`);
}
