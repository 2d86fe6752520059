import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  release(): void;
}

/** A lock file that cannot be opened, or that is something else. */
export class FileLockError extends Error {
  override readonly name = 'FileLockError';
  readonly file: string;
  constructor(file: string, cause: Error) {
    super(`${file} cannot be locked: ${cause.message}`, { cause });
    this.file = file;
  }
}

/** https://www.sqlite.org/rescode.html#busy */
const busy = 5;

/**
 * Takes a lock file, or returns undefined when some process (this one included) holds it.
 * SQLite's file locks belong to the operating system: they end with their process, however it ends.
 * @throws FileLockError
 */
export function takeFileLock(file: string): FileLock | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('begin exclusive');
  } catch (error) {
    lock?.close();
    if (!(error instanceof Error)) throw error;
    if ('errcode' in error && error.errcode === busy) return undefined;
    throw new FileLockError(file, error);
  }
  const held = lock;
  return { release: () => held.close() };
}
