import { nothingDerived } from '#domain/combine.ts';
import type { DatasetRow } from '#domain/dataset-row.ts';
import type { Manifest } from '#domain/snapshot.ts';

/** A row as an export writes it, for tests; `given` replaces its fields. */
export function exampleRow(given: Partial<DatasetRow>): DatasetRow {
  const gistId = given.gist_id ?? '0123456789abcdef0123456789abcdef';
  return {
    gist_id: gistId,
    gist_url: `https://gist.github.com/ada/${gistId}`,
    gist_owner_id: '4000000001',
    gist_owner_login: 'ada',
    gist_version: 'a'.repeat(40),
    gist_updated_at: '2026-11-20T05:00:00.000Z',
    submitted_at: '2026-11-20T05:30:00.000Z',
    approved_at: '2026-11-20T06:00:00.000Z',
    source: 'github_gist',
    license: 'CC-BY-4.0',
    record_id: `github_gist:${gistId}`,
    seq: 2,
    title: 'Fix a test',
    topic: null,
    tags: [],
    files: [],
    total_bytes: 1200,
    license_declared_by: 'contributor',
    attestation_version: '2026-11-22',
    scanner_version: null,
    scan: null,
    ...nothingDerived,
    ...given,
  };
}

/** The manifest of a snapshot with that many rows, for tests. */
export function exampleManifest(recordCount: number): Manifest {
  return {
    schema_version: '1.0.0',
    generated_at: '2026-11-22T06:00:00.000Z',
    record_count: recordCount,
    latest_dir: 'latest',
    snapshot_dir: 'snapshots/2026-11-22T06-00-00-000Z',
    snapshot_id: '2026-11-22T06-00-00-000Z',
    previous_snapshot: null,
    log_seq: 2,
    verified_from: null,
    verified_to: null,
    changes: {},
    files: {},
  };
}
