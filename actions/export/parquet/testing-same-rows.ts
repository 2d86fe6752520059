import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** How many rows of a snapshot's Parquet are not, value by value and in this order, the lines of its NDJSON. */
export async function countDifferences(snapshot: string, reader: 'duckdb' | 'hyparquet'): Promise<number> {
  const file = join(snapshot, 'submissions.parquet');
  const rows = reader === 'duckdb' ? byDuckDb(file) : byHyparquet(file);
  const lines = createInterface({
    input: createReadStream(join(snapshot, 'submissions.ndjson')),
    crlfDelay: Infinity,
  });
  let differing = 0;
  for await (const line of lines) {
    const { value } = await rows.next();
    if (value !== JSON.stringify(JSON.parse(line))) differing += 1;
  }
  for await (const _ of rows) differing += 1;
  return differing;
}

async function* byDuckDb(file: string): AsyncGenerator<string> {
  const database = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '400MB' });
  const connection = await database.connect();
  const rows = await connection.stream(
    `from read_parquet('${file}') as listed select to_json(listed)::varchar`,
  );
  for await (const batch of rows.yieldRows()) {
    for (const [row] of batch) yield JSON.stringify(JSON.parse(String(row)));
  }
  connection.closeSync();
}

async function* byHyparquet(path: string): AsyncGenerator<string> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
    for (const row of rows) yield JSON.stringify(row, plain);
    rowStart = rowEnd;
  }
}

/** hyparquet has no list where a whole part of a column has none, and the numbers of 64 bits as they are. */
function plain(_: string, value: unknown): unknown {
  return value === undefined ? null : typeof value === 'bigint' ? Number(value) : value;
}
