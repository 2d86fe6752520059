import type { SchemaElement } from 'hyparquet';
import { type ColumnSource, fileWriter, ParquetWriter } from 'hyparquet-writer';

/** A column, without nulls, and how it is written. */
export interface OutColumn {
  name: string;
  type: 'text' | 'number';
  encoding?: ColumnSource['encoding'];
}

interface Layout {
  columns: readonly OutColumn[];
  /** Bytes of a page before compression; each row group has a table of where its pages are. */
  pageSize: number;
  codec?: 'SNAPPY' | 'UNCOMPRESSED';
  /** Least and most of each row group's columns. */
  statistics?: boolean;
}

/** Writes a Parquet file, one row group at a time. */
export function parquetOut(
  path: string,
  { columns, pageSize, codec = 'SNAPPY', statistics = false }: Layout,
) {
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaOf)],
    codec,
    statistics,
    statisticsTruncateLength: Number.POSITIVE_INFINITY,
    createdBy: 'openagentsessions',
  });
  return {
    /** Writes a row group: the values of each column, in the columns' order. */
    async write(values: readonly ColumnSource['data'][]): Promise<void> {
      if (values[0]?.length === 0) return;
      await writer.write({
        columnData: columns.map(({ name, encoding }, index) => ({
          name,
          data: values[index] ?? [],
          ...(encoding ? { encoding } : {}),
        })),
        rowGroupSize: values[0]?.length ?? 0,
        pageSize,
      });
    },
    /** Ends the file, with these keys in what it tells of itself. */
    async finish(keys: Readonly<Record<string, string>> = {}): Promise<void> {
      writer.kvMetadata = Object.entries(keys).map(([key, value]) => ({ key, value }));
      await writer.finish();
    },
  };
}

function schemaOf({ name, type }: OutColumn): SchemaElement {
  return type === 'text'
    ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }
    : { name, type: 'INT32', repetition_type: 'REQUIRED' };
}
