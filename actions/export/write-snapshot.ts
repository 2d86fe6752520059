import { join } from 'node:path';
import { type Manifest, schemaVersion } from '#domain/snapshot.ts';
import { changeKinds, departures } from '#domain/submission.ts';
import type { Transaction } from '#sql/db.ts';
import { copyChanges, countChanges, countListedBy, type DatasetHead } from '#sql/queries/dataset.ts';
import type { About } from './describe/about.ts';
import { croissantText } from './describe/croissant.ts';
import { readmeText } from './describe/readme.ts';
import { type FileDigest, writeHashed } from './hashed-file.ts';
import { snapshotPath } from './output-folder.ts';
import { writeParquet } from './parquet/write-parquet.ts';
import { schemaText } from './schema.ts';
import { writeChanges } from './write-changes.ts';
import { type Watch, writeRows } from './write-rows.ts';

export interface SnapshotPlan {
  id: string;
  exportedAt: Date;
  head: DatasetHead;
  /** The published snapshot that changes start from; null when there is none yet. */
  previous: { id: string; logSeq: number } | null;
  about: Pick<About, 'site' | 'license'>;
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
  const { head } = plan;
  const write = (name: string, text: string) => writeHashed(join(folder, name), [text]);
  const changes = (name: string, pieces: AsyncIterable<Buffer>) =>
    writeChanges(join(folder, name), pieces, watch);
  const described: Record<string, FileDigest> = {
    ...(await writeRows(tx, folder, head.recordCount, watch)),
    ...(await writeParquet(folder, watch.signal)),
    'changes.ndjson': await changes('changes.ndjson', copyChanges(tx, since, changeKinds)),
    'removed.ndjson': await changes('removed.ndjson', copyChanges(tx, 0, departures)),
    'schema.json': await write('schema.json', schemaText()),
  };
  const about: About = {
    ...plan.about,
    date: head.verifiedTo ?? plan.exportedAt.toISOString(),
    logSeq: head.logSeq,
    recordCount: head.recordCount,
    agents: await countListedBy(tx, 'agent'),
    licenses: await countListedBy(tx, 'license'),
    files: described,
  };
  const files: Record<string, FileDigest> = {
    ...described,
    'croissant.json': await write('croissant.json', croissantText(about)),
    'README.md': await write('README.md', readmeText(about)),
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

/** As `sha256sum` writes them and `sha256sum -c` reads them. */
function sumLines(files: Record<string, FileDigest>): string[] {
  return Object.entries(files).map(([name, { sha256 }]) => `${sha256}  ${name}\n`);
}
