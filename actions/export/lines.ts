import { datasetRow } from '#domain/dataset-row.ts';
import { type DatasetChange, datasetChange } from '#domain/snapshot.ts';
import { JobFailure } from '../failure.ts';

/**
 * A line of `submissions.ndjson`. The schema gives the keys their order.
 * Throws JobFailure when the row does not fit the schema.
 */
export function rowLine(row: Record<string, unknown>): string {
  const parsed = datasetRow.safeParse(row);
  if (parsed.success) return line(parsed.data);
  throw new JobFailure(
    `The row of gist ${row.gist_id} does not fit the dataset's schema (${fieldsAt(parsed.error.issues)}), so nothing was exported.`,
  );
}

/** A line of `changes.ndjson` or `removed.ndjson`. Throws JobFailure when it does not fit the schema. */
export function changeLine(change: DatasetChange): string {
  const parsed = datasetChange.safeParse(change);
  if (parsed.success) return line(parsed.data);
  throw new JobFailure(
    `Log line ${change.seq} does not fit the dataset's schema (${fieldsAt(parsed.error.issues)}), so nothing was exported.`,
  );
}

function fieldsAt(issues: readonly { path: PropertyKey[] }[]): string {
  return [...new Set(issues.map((issue) => String(issue.path[0] ?? 'its fields')))].join(', ');
}

/** Some readers end lines at these characters too, which JSON leaves as they are. */
const otherLineEnds = /[\u0085\u2028\u2029]/g;

function line(value: object): string {
  const json = JSON.stringify(value).replace(
    otherLineEnds,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}\n`;
}
