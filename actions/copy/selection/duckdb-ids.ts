import { JobFailure } from '../../failure.ts';

const column = 'gist_id';

/** The column `gist_id` of a DuckDB database: of the first table, by schema and name, that has one. */
export async function* duckdbIds(path: string): AsyncGenerator<unknown> {
  // It weighs more than all the rest, so the command line comes without it.
  const { DuckDBInstance } = await import('@duckdb/node-api').catch(() => {
    throw new JobFailure(
      `--ids: ${path} is a DuckDB database, which is read with the package @duckdb/node-api. Install it beside this program, or copy the ids to Parquet or CSV.`,
    );
  });
  const failed = (error: unknown) =>
    new JobFailure(
      `--ids: DuckDB cannot read ${path}. Close what has it open, or copy the ids to Parquet or CSV. (${error instanceof Error ? error.message.split('\n')[0]?.slice(0, 100) : 'unknown'})`,
    );
  // A database is somebody's file: it reaches nothing outside, and stays as it is.
  const settings = { access_mode: 'READ_ONLY', enable_external_access: 'false' };
  const instance = await DuckDBInstance.create(path, settings).catch((error: unknown) =>
    Promise.reject(failed(error)),
  );
  try {
    const connection = await instance.connect();
    const tables = await connection.runAndReadAll(
      `from duckdb_columns() select '"' || replace(schema_name, '"', '""') || '"."' || replace(table_name, '"', '""') || '"'
        where column_name = '${column}' and not internal order by schema_name, table_name limit 1`,
    );
    const table = tables.getRows()[0]?.[0];
    if (typeof table !== 'string') {
      throw new JobFailure(`--ids: ${path} has no table with a column ${column}.`);
    }
    const result = await connection.stream(`from ${table} select ${column} where ${column} is not null`);
    for (
      let chunk = await result.fetchChunk();
      chunk && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      yield* chunk.getColumnValues(0);
    }
  } finally {
    instance.closeSync();
  }
}
