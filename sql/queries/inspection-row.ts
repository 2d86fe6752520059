import { z } from 'zod';
import { derived } from '#domain/derived.ts';
import { flagsOf } from '#domain/flag.ts';
import { inspectedFields } from '#domain/inspected-row.ts';
import { type Inspection, inspection } from '#domain/inspection.ts';

/** An inspection of a gist at one revision, as it is kept. */
export interface InspectionRecord {
  gistId: string;
  revision: string;
  inspectedAt: Date;
  /** What the dataset's row may say of the findings; see `scanVerdict`. */
  scan: 'clean' | 'reviewed' | null;
  inspection: Inspection;
}

/** The columns of an inspection, named as `inspectionRow` takes them. */
export const inspectionColumns = `
  gist_id as "gistId", revision, inspected_at as "inspectedAt", scan, result as inspection`;

/** Parses a row selected with `inspectionColumns`. */
export const inspectionRow = z.object({
  gistId: z.string(),
  revision: z.string(),
  inspectedAt: z.date(),
  scan: z.enum(['clean', 'reviewed']).nullable(),
  inspection,
}) satisfies z.ZodType<InspectionRecord>;

const columns = [
  'gist_id',
  'revision',
  'scanner_version',
  'formats_version',
  'inspected_at',
  'scan',
  'result',
  'topic',
  'tags',
  'flags',
  'declared_license',
  ...Object.keys(derived.shape),
];
const key = ['gist_id', 'revision'];

/** A record's columns by their names: what `json_populate_record` makes a row of. */
function columnsOf(record: InspectionRecord): Record<string, unknown> {
  return {
    gist_id: record.gistId,
    revision: record.revision,
    formats_version: record.inspection.formats_version,
    inspected_at: record.inspectedAt,
    scan: record.scan,
    // What could not be read back is never written.
    result: inspection.parse(record.inspection),
    ...inspectedFields(record.inspection),
    flags: flagsOf(record.inspection, null),
    declared_license: record.inspection.declared?.license ?? null,
  };
}

/** The value of the parameter that `writeInspection` reads. */
export function inspectionJson(record: InspectionRecord): string {
  return JSON.stringify(columnsOf(record), (_, value) =>
    typeof value === 'string' ? storable(value) : value,
  );
}

/** PostgreSQL stores no NUL and no half of a character. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/**
 * The statement that writes an inspection, given the JSON of its columns as parameter `place`: for the row of `from`
 * alone, a relation with `gist_id` and `revision`. An earlier inspection of the same revision is replaced.
 */
export function writeInspection(from: string, place: string): string {
  const others = columns.filter((column) => !key.includes(column));
  return `insert into inspection (${columns.join(', ')})
       select ${columns.map((column) => `fresh.${column}`).join(', ')}
         from ${from} as standing
         join json_populate_record(null::inspection, ${place}::json) as fresh
           on fresh.gist_id = standing.gist_id and fresh.revision = standing.revision
       on conflict (${key.join(', ')}) do update
         set (${others.join(', ')}) = row (${others.map((column) => `excluded.${column}`).join(', ')})`;
}
