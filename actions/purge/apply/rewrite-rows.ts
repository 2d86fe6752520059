import { join } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { groundOf, type Survey } from '../../copy/survey.ts';
import { columnsOf, rowGroups, rowIdentity } from '../find/rows.ts';
import { putAnew } from './anew.ts';

/**
 * Writes a Parquet file anew, without the rows that may not stay: same schema, same metadata, row group by row group, of
 * which one is held at a time.
 */
export async function rewriteRows(
  copy: string,
  path: string,
  survey: Survey,
  signal: AbortSignal,
): Promise<void> {
  const file = await asyncBufferFromFile(join(copy, path));
  const metadata = await parquetMetadataAsync(file);
  const columns = columnsOf(metadata).map((name) => ({ name, ...indexed(metadata, name) }));
  const codec = metadata.row_groups[0]?.columns[0]?.meta_data?.codec;
  await putAnew(copy, path, async (temporary) => {
    const writer = new ParquetWriter({
      writer: fileWriter(temporary),
      schema: metadata.schema,
      codec: codec === 'UNCOMPRESSED' ? codec : 'SNAPPY',
      kvMetadata: metadata.key_value_metadata,
      createdBy: metadata.created_by,
    });
    for (const { rowStart, rowEnd } of rowGroups(metadata)) {
      signal.throwIfAborted();
      const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd });
      const kept = rows.filter((row) => {
        const { gist_id, gist_version } = rowIdentity.parse(row);
        return groundOf(survey, gist_id, gist_version ?? null) === null;
      });
      if (kept.length === 0) continue;
      const columnData = columns.map(({ name, ...how }) => ({
        name,
        ...how,
        data: kept.map((row) => row[name]),
      }));
      await writer.write({ columnData, rowGroupSize: kept.length });
    }
    await writer.finish();
  });
}

/** A column is written anew with the indexes and statistics that it had. */
function indexed({ row_groups }: FileMetaData, name: string): { columnIndex: boolean; statistics: boolean } {
  const chunks =
    row_groups[0]?.columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === name) ?? [];
  return {
    columnIndex: chunks.some(({ column_index_offset }) => column_index_offset !== undefined),
    statistics: chunks.some(({ meta_data }) => meta_data?.statistics !== undefined),
  };
}
