import { z } from 'zod';
import { ok, refuse } from '#domain/result.ts';
import { eraseAccount } from '#sql/queries/erasure.ts';
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
    const left = await eraseAccount(runtime.database, member.accountId);
    runtime.log.info({ account_id: member.accountId, submissions: left }, 'account erased');
    return ok({ status: 204, cookies: [clearCookie('session', runtime)] });
  },
});
