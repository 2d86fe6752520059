import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { JobFailure } from '../../failure.ts';
import { type FileDigest, hashFile } from '../hashed-file.ts';

const child = join(import.meta.dirname, 'child.ts');

/** Where `writeParquet` finds a line for each row: its gist id, and where its line begins and how long it is. */
export const placesFile = '.places';

/**
 * Writes the Parquet files beside the lines they are made from. An aborted signal ends the process that does it.
 * @throws JobFailure when it fails: the disk is full, there is too little memory
 */
export async function writeParquet(
  folder: string,
  signal: AbortSignal,
): Promise<Record<'submissions.parquet' | 'submissions-by-gist.parquet', FileDigest>> {
  signal.throwIfAborted();
  const writing = promisify(execFile)(process.execPath, [child, folder]);
  // Given the signal, execFile would not wait for the process to end, and its folder is removed next.
  const stop = () => writing.child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  try {
    await writing;
  } catch (error) {
    signal.throwIfAborted();
    throw new JobFailure(`submissions.parquet could not be written: ${reasonOf(error)}`);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  await rm(join(folder, placesFile));
  await rm(join(folder, '.duckdb'), { recursive: true, force: true });
  return {
    'submissions.parquet': await hashFile(join(folder, 'submissions.parquet')),
    'submissions-by-gist.parquet': await hashFile(join(folder, 'submissions-by-gist.parquet')),
  };
}

/** The first line of what went wrong in a process, without a row's content: DuckDB quotes lines that it cannot read. */
function reasonOf(error: unknown): string {
  const told = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  if (/No space left on device/i.test(told)) return 'the disk is full. Free some space, then run this again.';
  if (/Out of Memory/i.test(told)) return 'there is too little memory. Free some, then run this again.';
  if (error instanceof Error && 'signal' in error && error.signal)
    return `it was ended by ${error.signal}. Run this again.`;
  return `${/^\[?(?:Error: )?([A-Z][\w ]+ Error)/m.exec(told)?.[1] ?? 'an error nobody foresaw'} in DuckDB.`;
}
