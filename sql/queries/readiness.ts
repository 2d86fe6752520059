import type { Db } from '../db.ts';

/** Ends well when the database answers and has our tables. Throws what the database or the driver says otherwise. */
export async function checkReadiness(db: Db): Promise<void> {
  await db.query('select seq from log_head');
}
