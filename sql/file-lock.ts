import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  release(): void;
}

/** https://www.sqlite.org/rescode.html#busy */
const busy = 5;

/**
 * Takes a lock file, or returns undefined when some process (this one included) holds it.
 * SQLite's file locks belong to the operating system: they end with their process, however it ends.
 * @throws when the file cannot be opened or is not a lock file
 */
export function takeFileLock(file: string): FileLock | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return undefined;
    throw error;
  }
  return { release: () => lock.close() };
}
