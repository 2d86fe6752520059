/**
 * A process that an export starts: writes submissions.parquet and submissions-by-gist.parquet of a snapshot's folder from
 * the lines there. In a process of its own, because what DuckDB holds is given back only at its end.
 *
 *   node child.ts FOLDER
 *
 * Ends with its input: an export that was killed leaves nobody behind who writes into its folder.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { datasetRow } from '#domain/dataset-row.ts';
import { columnTypes } from './column-types.ts';

const [folder = ''] = process.argv.slice(2);
process.stdin.resume().on('end', () => process.exit(1));
const file = (name: string) => `'${join(folder, name).replaceAll("'", "''")}'`;
const typed = (types: Record<string, string>) =>
  `{${Object.entries(types).map(([name, type]) => `${name}: '${type}'`)}}`;

// The bytes written depend on the number of threads, so it is not the machine's.
const database = await DuckDBInstance.create(':memory:', {
  threads: '2',
  memory_limit: '450MB',
  temp_directory: join(folder, '.duckdb'),
  preserve_insertion_order: 'true',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});
const connection = await database.connect();
await connection.run(
  `copy (
     from read_json(${file('submissions.ndjson')}, format = 'newline_delimited', columns = ${typed(columnTypes(datasetRow))})
   ) to ${file('submissions.parquet')} (format parquet, compression zstd, row_group_size 10240)`,
);
await connection.run(
  `copy (
     from read_csv(${file('.places')}, delim = '\\t', quote = '', header = false, auto_detect = false,
       columns = {gist_id: 'varchar', byte_offset: 'bigint', bytes: 'integer'})
     order by gist_id
   ) to ${file('submissions-by-gist.parquet')} (format parquet, compression zstd, row_group_size 4096)`,
);
connection.closeSync();
database.closeSync();
process.stdin.destroy();
