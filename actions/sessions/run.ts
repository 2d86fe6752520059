import type { Database } from '#sql/db.ts';
import { countSessions, endSessions, type SessionsOf } from '#sql/queries/sessions.ts';

/** Ends these sessions, or with `dryRun` none. Returns how many still counted, and of how many accounts. */
export async function run(
  { of, dryRun }: { of: SessionsOf; dryRun: boolean },
  db: Database,
): Promise<{ sessions: number; accounts: number }> {
  return db.transaction(async (tx) => {
    const counted = await countSessions(tx, of);
    if (!dryRun) await endSessions(tx, of);
    return counted;
  });
}
