import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#sql/db.ts';
import { takeFileLock } from '#sql/file-lock.ts';
import { type HeldHistory, holdingHistory } from '#sql/queries/snapshots.ts';

/**
 * Runs work while no other job exports, publishes or refreshes removals; null, and no work, while one does. On the embedded
 * database, which has no locks, the output folder's is what keeps them apart.
 */
export async function holdingBoth<T>(
  output: string,
  db: Database,
  work: (history: HeldHistory) => Promise<T>,
): Promise<T | null> {
  await mkdir(output, { recursive: true });
  const lock = takeFileLock(join(output, '.lock'));
  if (lock === undefined) return null;
  try {
    return await holdingHistory(db, work);
  } finally {
    lock.release();
  }
}
