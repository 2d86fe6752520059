import { join } from 'node:path';
import { datasetRow } from '#domain/dataset-row.ts';
import type { Transaction } from '#sql/db.ts';
import { copyListedRows } from '#sql/queries/dataset.ts';
import { encodeRows } from './encode/encode.ts';
import { type FileDigest, HashedFile } from './hashed-file.ts';
import { rowLine } from './lines.ts';
import { placesFile } from './parquet/write-parquet.ts';

export interface Watch {
  /** Called now and then with what is being done. */
  progress(text: string): void;
  /** Ends the writing between two batches of rows, by throwing its reason. */
  signal: AbortSignal;
}

export type RowFiles = Record<'urls.txt' | 'submissions.ndjson', FileDigest>;

/**
 * Writes the listed rows and their addresses, and for `writeParquet` where each row is.
 * @throws Error when other than the expected number of them came: no row may be missing unseen
 */
export async function writeRows(
  tx: Transaction,
  folder: string,
  expected: number,
  watch: Watch,
): Promise<RowFiles> {
  await using urls = await HashedFile.create(join(folder, 'urls.txt'));
  await using submissions = await HashedFile.create(join(folder, 'submissions.ndjson'));
  await using places = await HashedFile.create(join(folder, placesFile));
  let written = 0;
  const options = { link: 'gist_url', key: 'gist_id', line: rowLine };
  for await (const made of encodeRows(datasetRow, copyListedRows(tx), options)) {
    watch.signal.throwIfAborted();
    await submissions.write(made.lines);
    await urls.write(made.links);
    await places.write(made.places);
    written += made.rows;
    watch.progress(`${written} of ${expected} rows`);
  }
  if (written !== expected) throw new Error(`${expected} rows are listed, ${written} of them came.`);
  await places.finish();
  return { 'urls.txt': await urls.finish(), 'submissions.ndjson': await submissions.finish() };
}
