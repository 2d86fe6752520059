import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetRow } from '#domain/dataset-row.ts';
import { placesFile, writeParquet } from './write-parquet.ts';

/** Makes the Parquet files of a snapshot folder for the lines that a test or benchmark has put there. */
export async function writeParquetOf(folder: string): Promise<void> {
  const lines = (await readFile(join(folder, 'submissions.ndjson'), 'utf8')).split('\n').filter(Boolean);
  let offset = 0;
  const places = lines.map((line) => {
    const bytes = Buffer.byteLength(line);
    const place = `${datasetRow.parse(JSON.parse(line)).gist_id}\t${offset}\t${bytes}\n`;
    offset += bytes + 1;
    return place;
  });
  await writeFile(join(folder, placesFile), places.join(''));
  await writeParquet(folder, new AbortController().signal);
}
