import { join } from 'node:path';
import { datasetRow } from '#domain/dataset-row.ts';
import { type Manifest, schemaVersion } from '#domain/snapshot.ts';
import { changeKinds, departures } from '#domain/submission.ts';
import type { Transaction } from '#sql/db.ts';
import { copyChanges, copyListedRows, countChanges, type DatasetHead } from '#sql/queries/dataset.ts';
import { encodeRows } from './encode/encode.ts';
import { type FileDigest, HashedFile, writeHashed } from './hashed-file.ts';
import { rowLine } from './lines.ts';
import { snapshotPath } from './output-folder.ts';
import { placesFile, writeParquet } from './parquet/write-parquet.ts';
import { schemaText } from './schema.ts';
import { writeChanges } from './write-changes.ts';

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
  tx: Transaction,
  folder: string,
  plan: SnapshotPlan,
  watch: Watch,
): Promise<Manifest> {
  const since = plan.previous?.logSeq ?? 0;
  const files: Record<string, FileDigest> = {
    ...(await writeRows(tx, folder, plan.head.recordCount, watch)),
    ...(await writeParquet(folder, watch.signal)),
    'changes.ndjson': await writeChanges(
      join(folder, 'changes.ndjson'),
      copyChanges(tx, since, changeKinds),
      watch,
    ),
    'removed.ndjson': await writeChanges(
      join(folder, 'removed.ndjson'),
      copyChanges(tx, 0, departures),
      watch,
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
    changes: await countChanges(tx, since, changeKinds),
    files,
  };
  const sealed = await writeHashed(join(folder, 'manifest.json'), [`${JSON.stringify(manifest, null, 2)}\n`]);
  await writeHashed(join(folder, 'SHA256SUMS'), sumLines({ ...files, 'manifest.json': sealed }));
  return manifest;
}

async function writeRows(tx: Transaction, folder: string, expected: number, watch: Watch) {
  await using urls = await HashedFile.create(join(folder, 'urls.txt'));
  await using submissions = await HashedFile.create(join(folder, 'submissions.ndjson'));
  await using places = await HashedFile.create(join(folder, placesFile));
  let written = 0;
  const options = { link: 'gist_url', key: 'gist_id', line: rowLine };
  for await (const made of encodeRows(datasetRow, copyListedRows(tx), options)) {
    watch.signal.throwIfAborted();
    await submissions.writeBytes(made.lines);
    await urls.writeBytes(made.links);
    await places.writeBytes(made.places);
    written += made.rows;
    watch.progress(`${written} of ${expected} rows`);
  }
  await places.finish();
  return { 'urls.txt': await urls.finish(), 'submissions.ndjson': await submissions.finish() };
}

/** As `sha256sum` writes them and `sha256sum -c` reads them. */
function sumLines(files: Record<string, FileDigest>): string[] {
  return Object.entries(files).map(([name, { sha256 }]) => `${sha256}  ${name}\n`);
}
