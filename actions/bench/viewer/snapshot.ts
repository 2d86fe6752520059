import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nothingDerived } from '#domain/combine.ts';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { type Manifest, schemaVersion } from '#domain/snapshot.ts';
import { rowLine } from '../../export/lines.ts';
import { writeParquetOf } from '../../export/parquet/testing-places.ts';

const gistId = '0123456789abcdef0123456789abcdef';
export const revision = 'a'.repeat(40);

/** Where the gist of `writeSnapshot` has its page on the site. */
export const sessionPath = `/sessions/${gistId}`;
/** Where the viewer asks the API what became of it. */
export const gistPath = `/gists/${gistId}`;

/** Writes an export that lists one gist with this file into an empty folder, for the site to be built from. */
export async function writeSnapshot(folder: string, file: DatasetRow['files'][number]): Promise<void> {
  const at = '2026-01-05T06:00:00.000Z';
  const row: DatasetRow = {
    gist_id: gistId,
    gist_url: `https://gist.github.com/ada/${gistId}`,
    gist_owner_id: '1',
    gist_owner_login: 'ada',
    gist_version: revision,
    gist_updated_at: at,
    submitted_at: at,
    approved_at: at,
    source: 'github_gist',
    license: 'CC0-1.0',
    record_id: `github_gist:${gistId}`,
    seq: 2,
    title: 'A session to measure the viewer with',
    topic: null,
    tags: [],
    files: [file],
    total_bytes: file.bytes,
    license_declared_by: 'contributor',
    attestation_version: '2026-11-22',
    scanner_version: null,
    scan: null,
    ...nothingDerived,
    agent: 'pi',
    format: 'pi',
  };
  const id = '2026-01-05T07-00-00-000Z';
  const manifest: Manifest = {
    schema_version: schemaVersion,
    generated_at: '2026-01-05T07:00:00.000Z',
    record_count: 1,
    latest_dir: 'latest',
    snapshot_dir: `snapshots/${id}`,
    snapshot_id: id,
    previous_snapshot: null,
    log_seq: 2,
    verified_from: null,
    verified_to: null,
    changes: {},
    files: {},
  };
  const snapshot = join(folder, 'snapshots', id);
  await mkdir(snapshot, { recursive: true });
  await writeFile(join(snapshot, 'submissions.ndjson'), rowLine(row));
  await writeFile(join(snapshot, 'urls.txt'), `${row.gist_url}\n`);
  await writeFile(join(snapshot, 'manifest.json'), JSON.stringify(manifest));
  await writeParquetOf(snapshot);
  await symlink(`snapshots/${id}`, join(folder, 'latest'));
}
