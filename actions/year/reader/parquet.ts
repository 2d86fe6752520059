import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Complaints } from './complaints.ts';
import type { Snapshot } from './published.ts';

/** The rows of `submissions.parquet` are those of `submissions.ndjson`, field by field. */
export async function checkParquet({ files, rows }: Snapshot, complaints: Complaints): Promise<void> {
  const bytes = files.get('submissions.parquet');
  // Snapshots of earlier times have none.
  if (bytes === undefined) return;
  const file = new Uint8Array(bytes).buffer;
  const read = await parquetReadObjects({ file, compressors });
  complaints.check(0, read.length === rows.length, () => `submissions.parquet has ${read.length} rows`);
  rows.forEach((row, i) => {
    const other = read[i] ?? {};
    const names = new Set([...Object.keys(row), ...Object.keys(other)]);
    const unlike = [...names].filter((name) => text(Object(row)[name]) !== text(other[name]));
    complaints.check(
      0,
      unlike.length === 0,
      () => `row ${i} of submissions.parquet has another ${unlike[0]}: ${text(other[unlike[0] ?? ''])}`,
    );
  });
}

const text = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, part) => (typeof part === 'bigint' ? Number(part) : part));
