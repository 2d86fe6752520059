import { z } from 'zod';
import type { Member } from '#domain/account-session.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import type { Database } from '#sql/db.ts';
import { eraseAccount, listIn } from '#sql/queries/erasure.ts';
import { type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';
import { clearCookie } from '../../http/cookie.ts';
import { endpoint } from '../../http/endpoint.ts';

/**
 * POST /api/account/erase {login}: takes every gist of the member out of the index, and then all that is stored about
 * them, whose login is typed once more to be sure. What is interrupted can be asked for again.
 */
export const erase = endpoint({
  method: 'POST',
  who: 'member',
  input: z.object({ login: z.string('it must be text').max(100, 'it is longer than a login') }),
  form: { done: '/sign-in', refused: '/account', notice: () => 'erased' },
  async answer({ input, member, runtime }) {
    if (input.login.trim().toLowerCase() !== member.login.toLowerCase()) {
      return refuse('bad_request', { problem: 'What was typed is not the login of this account.' });
    }
    const left = await leave(runtime.database, member);
    runtime.log.info({ account_id: member.accountId, submissions: left }, 'account erased');
    return ok({ status: 204, cookies: [clearCookie('session', runtime)] });
  },
});

const atOnce = 100;

/** Until nothing of the account is in the index, whatever else it does meanwhile. Returns how many gists left. */
async function leave(database: Database, member: Member): Promise<number> {
  let left = 0;
  for (;;) {
    const gistIds = await listIn(database, member.accountId, atOnce);
    for (const gistId of gistIds) {
      const moved = await moveSubmission(database, gistId, (row) => planLeave(row, member));
      if (moved.ok) left += 1;
    }
    if (gistIds.length > 0) continue;
    if (await database.transaction((tx) => eraseAccount(tx, member.accountId))) return left;
  }
}

function planLeave(row: Submission | null, { accountId }: Member): Result<MoveRecord> {
  if (row?.accountId !== accountId) return refuse('not_found');
  const planned = planMove('leave', row);
  return planned.ok ? ok({ planned: planned.value, accountId, reason: null, note: null }) : planned;
}
