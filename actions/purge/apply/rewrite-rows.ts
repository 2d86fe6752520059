import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
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
  const columns = columnsOf(metadata);
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
      const columnData = columns.map((name) => ({ name, data: kept.map((row) => row[name]) }));
      await writer.write({ columnData, rowGroupSize: kept.length });
    }
    await writer.finish();
  });
}
