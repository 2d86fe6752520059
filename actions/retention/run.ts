import { everyForgotten, type Forgotten } from '#domain/retention.ts';
import type { Database } from '#sql/db.ts';
import { countOverdue, forget } from '#sql/queries/retention.ts';

export interface Tools {
  db: Database;
  progress(text: string): void;
  signal: AbortSignal;
}

/** Rows forgotten in one statement, so that nobody waits long for one. */
const atOnce = 1000;

/**
 * Forgets what is over its time, by the table in `functions/domain/retention.ts`, in batches. May be killed and run again.
 * Returns how many rows of each kind; with `dryRun`, how many it would be.
 */
export async function run(
  { dryRun }: { dryRun: boolean },
  { db, progress, signal }: Tools,
): Promise<Partial<Record<Forgotten, number>>> {
  const forgotten: Partial<Record<Forgotten, number>> = {};
  for (const id of everyForgotten) {
    progress(`looking for ${id}`);
    forgotten[id] = dryRun ? await countOverdue(db, id) : await forgetAll(id, { db, signal });
  }
  return forgotten;
}

async function forgetAll(id: Forgotten, { db, signal }: Pick<Tools, 'db' | 'signal'>): Promise<number> {
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const batch = await forget(db, id, atOnce);
    total += batch;
    if (batch < atOnce) return total;
  }
}
