import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parquetMetadataAsync, parquetScan } from 'hyparquet';
import { diskFile } from './disk-file.ts';

interface Line {
  offset: number;
  bytes: number;
}

/** Tells where a gist's line is in submissions.ndjson; null where it is not listed. */
export type GistPlaces = (gistId: string) => Promise<Line | null>;

/** Reads a snapshot's submissions-by-gist.parquet, which is sorted by gist id in row groups of some thousands. */
export async function openGistPlaces(folder: string): Promise<GistPlaces> {
  const path = join(folder, 'submissions-by-gist.parquet');
  const file = diskFile(path, (await stat(path)).size);
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const compressors = { ZSTD: (input: Uint8Array) => zstdDecompressSync(input) };
  const scan = await parquetScan({ file, metadata, compressors });

  let rowEnd = 0;
  const groups = metadata.row_groups.map(({ num_rows, columns }) => {
    const rowStart = rowEnd;
    rowEnd += Number(num_rows);
    const { min_value, max_value } = columns[0]?.meta_data?.statistics ?? {};
    return { rowStart, rowEnd, least: String(min_value), most: String(max_value) };
  });
  return async (gistId) => {
    const group = groups.find(({ least, most }) => least <= gistId && gistId <= most);
    if (group === undefined) return null;
    const { rowStart } = group;
    const column = (name: string, range = { rowStart, rowEnd: group.rowEnd }) =>
      scan.readColumn({ column: name, ...range });
    const at = Array.from(await column('gist_id')).indexOf(gistId);
    if (at < 0) return null;
    const one = { rowStart: rowStart + at, rowEnd: rowStart + at + 1 };
    const [[offset], [bytes]] = await Promise.all([column('byte_offset', one), column('bytes', one)]);
    return { offset: Number(offset), bytes: Number(bytes) };
  };
}
