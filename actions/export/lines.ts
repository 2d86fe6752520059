import { datasetRow } from '#domain/dataset-row.ts';
import { jsonLine } from '#domain/json-line.ts';
import { type DatasetChange, datasetChange } from '#domain/snapshot.ts';
import { JobFailure } from '../failure.ts';

/**
 * A line of `submissions.ndjson`. The schema gives the keys their order.
 * Throws JobFailure when the row does not fit the schema.
 */
export function rowLine(row: Record<string, unknown>): string {
  const parsed = datasetRow.safeParse(row);
  if (parsed.success) return jsonLine(parsed.data);
  throw new JobFailure(
    `The row of gist ${row.gist_id} does not fit the dataset's schema (${fieldsAt(parsed.error.issues)}), so nothing was exported.`,
  );
}

/** A line of `changes.ndjson` or `removed.ndjson`. Throws JobFailure when it does not fit the schema. */
export function changeLine(change: DatasetChange): string {
  const parsed = datasetChange.safeParse(change);
  if (parsed.success) return jsonLine(parsed.data);
  throw new JobFailure(
    `Log line ${change.seq} does not fit the dataset's schema (${fieldsAt(parsed.error.issues)}), so nothing was exported.`,
  );
}

function fieldsAt(issues: readonly { path: PropertyKey[] }[]): string {
  return [...new Set(issues.map((issue) => String(issue.path[0] ?? 'its fields')))].join(', ');
}
