import { open } from 'node:fs/promises';
import { parseGistAddress } from '#domain/gist-address.ts';
import { JobFailure } from '../../failure.ts';
import { duckdbIds } from './duckdb-ids.ts';
import { parquetIds } from './parquet-ids.ts';
import { textIds } from './text-ids.ts';

/**
 * The gist ids that a file of `--ids` names: NDJSON or JSON (texts, or objects with `gist_id`), lines of text or CSV (a
 * column `gist_id`, or gists' addresses), Parquet, or a DuckDB database (its first table with a column `gist_id`). Which of
 * them it is, its content tells. Throws JobFailure where the file cannot be read, or names no gist.
 */
export async function readIds(path: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const text of textsIn(path)) {
    const address = typeof text === 'string' ? parseGistAddress(text) : null;
    if (address === null) {
      const shown = typeof text === 'string' ? `"${text.slice(0, 80)}"` : 'Something in it';
      throw new JobFailure(
        `--ids: ${shown} in ${path} is no gist's id or address. Correct it, then run this again.`,
      );
    }
    ids.add(address.gistId);
  }
  if (ids.size === 0) throw new JobFailure(`--ids: ${path} names no gist.`);
  return ids;
}

async function* textsIn(path: string): AsyncGenerator<unknown> {
  const start = await startOf(path);
  if (start.subarray(0, 4).toString('latin1') === 'PAR1') yield* parquetIds(path);
  // https://duckdb.org/docs/stable/internals/storage: a checksum of eight bytes, then its name.
  else if (start.subarray(8, 12).toString('latin1') === 'DUCK') yield* duckdbIds(path);
  else yield* textIds(path);
}

async function startOf(path: string): Promise<Buffer> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new JobFailure(`--ids: ${path} cannot be read (${error.code}). Name a file of gist ids.`);
  });
  try {
    if (!(await handle.stat()).isFile()) throw new JobFailure(`--ids: ${path} is no file.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(12), 0, 12, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
