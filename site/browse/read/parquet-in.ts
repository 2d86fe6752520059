import { type AsyncBuffer, type DecodedArray, parquetMetadataAsync, parquetScan } from 'hyparquet';
import { type KeptFile, keptFile } from './kept-file.ts';
import { BrowseTrouble } from './trouble.ts';

export interface ParquetIn {
  rows: number;
  /** Row groups, each with its rows, the last one excluded. */
  groups: readonly { from: number; to: number }[];
  keys: ReadonlyMap<string, string>;
  /** Values of a column, from one row to before another. */
  column(name: string, from: number, to: number): Promise<DecodedArray>;
  /** Fetches at once what is stored of these columns of a row group, which stand beside each other. */
  hold(group: number, columns: readonly string[]): Promise<void>;
}

/** Opens a Parquet file by what it keeps at its end, `footer` bytes. Throws BrowseTrouble where it is no such file. */
export async function openParquet(
  file: AsyncBuffer,
  footer: number,
  columns: readonly string[],
): Promise<ParquetIn> {
  const kept = keptFile(file);
  return understood(async () => {
    const metadata = await parquetMetadataAsync(kept, { initialFetchSize: footer, geoparquet: false });
    const scan = await parquetScan({ file: kept, metadata, columns: [...columns] });
    const groups = groupsOf(metadata.row_groups.map(({ num_rows }) => Number(num_rows)));
    return {
      rows: Number(metadata.num_rows),
      groups,
      keys: new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''])),
      column: (name, from, to) => understood(() => readColumn(scan, groups, name, from, to)),
      hold: (group, names) => holdColumns(kept, metadata.row_groups[group]?.columns ?? [], names),
    };
  });
}

type Scan = Awaited<ReturnType<typeof parquetScan>>;
type Columns = Scan['metadata']['row_groups'][number]['columns'];

function groupsOf(sizes: readonly number[]): { from: number; to: number }[] {
  let from = 0;
  return sizes.map((size) => {
    const group = { from, to: from + size };
    from += size;
    return group;
  });
}

/** A range may lie across groups, which are read each for itself. */
async function readColumn(
  scan: Scan,
  groups: ParquetIn['groups'],
  column: string,
  from: number,
  to: number,
): Promise<DecodedArray> {
  const parts = groups
    .filter((group) => group.from < to && group.to > from)
    .map(async (group) => {
      const range = { rowStart: Math.max(from, group.from), rowEnd: Math.min(to, group.to) };
      return scan.readColumn({ column, ...range });
    });
  const [only, ...more] = await Promise.all(parts);
  return more.length === 0 ? (only ?? []) : [only ?? [], ...more].flatMap((part) => Array.from(part));
}

async function holdColumns(file: KeptFile, columns: Columns, names: readonly string[]): Promise<void> {
  const wanted = columns
    .map(({ meta_data: meta }) => meta)
    .filter((meta) => meta !== undefined && names.includes(meta.path_in_schema[0] ?? ''));
  const starts = wanted.map((meta) => Number(meta?.dictionary_page_offset || meta?.data_page_offset));
  const ends = wanted.map((meta, at) => (starts[at] ?? 0) + Number(meta?.total_compressed_size));
  if (starts.length > 0) await file.hold(Math.min(...starts), Math.max(...ends));
}

/** What goes wrong in reading the format means that the file is not what this page was made for. */
async function understood<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BrowseTrouble) throw error;
    throw new BrowseTrouble(
      'The list on this server is damaged, or newer than this page understands. Load the page again; if that does not help, whoever runs the site must build it again.',
    );
  }
}
