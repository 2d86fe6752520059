import { JobFailure } from '../../failure.ts';

const column = 'gist_id';

/** The column `gist_id` of a Parquet file, a row group at a time. */
export async function* parquetIds(path: string): AsyncGenerator<unknown> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const file = await asyncBufferFromFile(path);
  const failed = (error: unknown) =>
    new JobFailure(
      `--ids: ${path} cannot be read as Parquet (${error instanceof Error ? error.message.slice(0, 100) : 'unknown'}). Write it with Snappy, or as text.`,
    );
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => Promise.reject(failed(error)));
  if (!metadata.schema.some(({ name }) => name === column)) {
    throw new JobFailure(`--ids: ${path} has no column ${column}.`);
  }
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const options = { file, metadata, columns: [column], rowStart, rowEnd };
    const rows = await parquetReadObjects(options).catch((error: unknown) => Promise.reject(failed(error)));
    for (const row of rows) yield row[column];
    rowStart = rowEnd;
  }
}
