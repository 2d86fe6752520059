import type { Database } from '#sql/db.ts';
import { findAccount, type Named } from '#sql/queries/accounts.ts';
import { eraseAccount } from '#sql/queries/erasure.ts';
import { JobFailure } from '../failure.ts';

/**
 * Erases the account, or with `dryRun` only looks for it. Returns how many submissions it took out of the index. Throws
 * JobFailure where there is no such account.
 */
export async function run(
  { named, dryRun }: { named: Named; dryRun: boolean },
  db: Database,
): Promise<{ withdrawn: number }> {
  const accountId = await findAccount(db, named);
  if (accountId === null) {
    throw new JobFailure('There is no such account. It may be erased already; check the number.');
  }
  return { withdrawn: dryRun ? 0 : await eraseAccount(db, accountId) };
}
