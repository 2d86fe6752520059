import { z } from 'zod';

const time = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);

/** `latest/status.json`: how the index stands between two snapshots. Refreshed every hour, after `latest/removed.ndjson`. */
export const publishedStatus = z.strictObject({
  schema_version: z.literal('1.0.0'),
  generated_at: time,
  snapshot_id: z
    .string()
    .nullable()
    .describe('The snapshot latest/manifest.json is of; null before the first'),
  log_seq: count.describe('The last log number this status has seen'),
  counts: z
    .strictObject({ listed: count, suspended: count, departed: count })
    .describe('Rows of the index now: listed, out for a while, out for good'),
  last_recheck: z
    .strictObject({
      finished_at: time,
      checked: count,
      changed: count,
      suspended: count,
      gone: count,
      restored: count,
      failed: count.describe('Rows of which GitHub said nothing'),
    })
    .nullable(),
  removed: z
    .strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: count, lines: count })
    .describe('latest/removed.ndjson, as it is since this status'),
});
export type PublishedStatus = z.infer<typeof publishedStatus>;
