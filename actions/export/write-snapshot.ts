import { join } from 'node:path';
import { type Manifest, schemaVersion } from '#domain/snapshot.ts';
import type { MonthStanding } from '#domain/standing.ts';
import { type ChangeKind, changeKinds, departures } from '#domain/submission.ts';
import type { Transaction } from '#sql/db.ts';
import { countListedBy, type DatasetHead } from '#sql/queries/dataset.ts';
import { countStandings } from '#sql/queries/standing.ts';
import type { About } from './describe/about.ts';
import { croissantText } from './describe/croissant.ts';
import { readmeText } from './describe/readme.ts';
import { type FileDigest, writeHashed } from './hashed-file.ts';
import { snapshotPath } from './output-folder.ts';
import { writeParquet } from './parquet/write-parquet.ts';
import { schemaText } from './schema.ts';
import { standingText } from './standing.ts';
import { writeChanges } from './write-changes.ts';
import { type RowFiles, type Watch, writeRows } from './write-rows.ts';

export interface SnapshotPlan {
  id: string;
  exportedAt: Date;
  head: DatasetHead;
  /** The published snapshot that changes start from; null when there is none yet. */
  previous: { id: string; logSeq: number } | null;
  about: Pick<About, 'site' | 'license'>;
}

/** What a snapshot has from the database; the rest of it is made without. */
export interface Copied {
  rows: RowFiles;
  changes: Record<'changes.ndjson' | 'removed.ndjson', FileDigest>;
  counts: Pick<About, 'agents' | 'licenses'> & Pick<Manifest, 'changes'>;
  months: MonthStanding[];
}

/**
 * Writes into an empty folder what a snapshot has from the database, reading from one transaction. Rows pass through in
 * batches; hashes are computed on the way.
 */
export async function copyDatabase(
  tx: Transaction,
  folder: string,
  { head, previous }: SnapshotPlan,
  watch: Watch,
): Promise<Copied> {
  const since = previous?.logSeq ?? 0;
  const write = (name: string, after: number, kinds: readonly ChangeKind[]) =>
    writeChanges(tx, join(folder, name), { after, kinds }, watch);
  const rows = await writeRows(tx, folder, head.recordCount, watch);
  const changes = await write('changes.ndjson', since, changeKinds);
  const removed = await write('removed.ndjson', 0, departures);
  return {
    rows,
    changes: { 'changes.ndjson': changes.digest, 'removed.ndjson': removed.digest },
    counts: {
      agents: await countListedBy(tx, 'agent'),
      licenses: await countListedBy(tx, 'license'),
      changes: changes.counts,
    },
    months: await countStandings(tx),
  };
}

/**
 * Writes the files that are made from those of `copyDatabase`, and returns the manifest. It takes its time, for which a
 * server would not leave a transaction open.
 */
export async function completeSnapshot(
  folder: string,
  plan: SnapshotPlan,
  { rows, changes, counts, months }: Copied,
  { signal }: Watch,
): Promise<Manifest> {
  const { head } = plan;
  const write = (name: string, text: string) => writeHashed(join(folder, name), text);
  const described: Record<string, FileDigest> = {
    ...rows,
    ...(await writeParquet(folder, signal)),
    ...changes,
    'standing.json': await write('standing.json', standingText(head.logSeq, months)),
    'schema.json': await write('schema.json', schemaText()),
  };
  const about: About = {
    ...plan.about,
    date: head.verifiedTo ?? plan.exportedAt.toISOString(),
    logSeq: head.logSeq,
    recordCount: head.recordCount,
    agents: counts.agents,
    licenses: counts.licenses,
    files: described,
  };
  const files: Record<string, FileDigest> = {
    ...described,
    'croissant.json': await write('croissant.json', croissantText(about)),
    'README.md': await write('README.md', readmeText(about)),
  };
  return sealSnapshot(folder, plan, files, counts.changes);
}

/** Writes the manifest of a snapshot whose other files are these, and the sums of all. */
export async function sealSnapshot(
  folder: string,
  plan: Pick<SnapshotPlan, 'id' | 'exportedAt' | 'head' | 'previous'>,
  files: Record<string, FileDigest>,
  changes: Manifest['changes'],
): Promise<Manifest> {
  const { head } = plan;
  const manifest: Manifest = {
    schema_version: schemaVersion,
    generated_at: plan.exportedAt.toISOString(),
    record_count: head.recordCount,
    latest_dir: 'latest',
    snapshot_dir: snapshotPath(plan.id),
    snapshot_id: plan.id,
    previous_snapshot: plan.previous?.id ?? null,
    log_seq: head.logSeq,
    verified_from: head.verifiedFrom,
    verified_to: head.verifiedTo,
    changes,
    files,
  };
  const write = (name: string, text: string) => writeHashed(join(folder, name), text);
  const sealed = await write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  await write('SHA256SUMS', sumLines({ ...files, 'manifest.json': sealed }));
  return manifest;
}

/** As `sha256sum` writes them and `sha256sum -c` reads them. */
function sumLines(files: Record<string, FileDigest>): string {
  return Object.entries(files)
    .map(([name, { sha256 }]) => `${sha256}  ${name}\n`)
    .join('');
}
