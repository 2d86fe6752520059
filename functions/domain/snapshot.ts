import { z } from 'zod';
import { changeKinds, departures } from './submission.ts';

/**
 * The version of the files' shape. Major: a field is removed or means something else. Minor: a field or file is added.
 * Patch: a description changes.
 */
export const schemaVersion = '1.3.0';

const time = z.iso.datetime({ precision: 3 });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const revision = z.string().regex(/^[0-9a-f]{40}$/);

/** Snapshot ids are their export's time, to the millisecond, with `-` for `:` and `.`. */
const snapshotIdPattern = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/;

export function isSnapshotId(text: string): boolean {
  return snapshotIdPattern.test(text);
}

export function snapshotId(exportedAt: Date): string {
  return exportedAt.toISOString().replace(/[:.]/g, '-');
}

/** One line of `changes.ndjson`. Carries no login and no owner id. */
export const datasetChange = z.strictObject({
  seq: z.int().min(1).describe('Log number; lines are in this order'),
  kind: z.enum(changeKinds),
  record_id: z.string(),
  gist_id: z.string(),
  gist_version: revision.describe('Revision that is listed from now on, or that departed'),
  previous_gist_version: revision.nullable().describe('Revision that was listed before'),
  reason: z.string().nullable().describe('Coarse reason of a removal or suspension'),
  at: time,
});
export type DatasetChange = z.infer<typeof datasetChange>;

/** One line of `removed.ndjson`: a departure. Void when the same snapshot lists the record at a higher `seq`. */
export const datasetRemoval = datasetChange.extend({ kind: z.enum(departures) });

/** `manifest.json`: what the snapshot holds, and by which hashes to know it. */
export const manifest = z.strictObject({
  schema_version: z.string(),
  generated_at: time,
  record_count: z.int().min(0),
  latest_dir: z.literal('latest'),
  snapshot_dir: z.string().describe('The immutable folder of this snapshot, beside latest/'),
  snapshot_id: z.string().regex(snapshotIdPattern),
  previous_snapshot: z
    .string()
    .nullable()
    .describe('Id of the published snapshot that changes.ndjson starts from'),
  log_seq: z.int().min(0).describe('The last log number this snapshot has seen'),
  verified_from: time.nullable().describe('The row checked longest ago was checked then'),
  verified_to: time.nullable(),
  changes: z.partialRecord(z.enum(changeKinds), z.int().min(0)).describe('Lines of changes.ndjson by kind'),
  files: z.record(z.string(), z.strictObject({ sha256, bytes: z.int().min(0) })),
});
export type Manifest = z.infer<typeof manifest>;
