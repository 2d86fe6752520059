import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { revokeAllSessions, revokeSession } from '#sql/queries/sessions.ts';
import { clearCookie } from '../../http/cookie.ts';
import { endpoint } from '../../http/endpoint.ts';
import { readMember, readSessionId } from '../../http/session.ts';

/** POST /api/auth/signout {everywhere?}: ends this session, or all of the account's. Signing out twice is no error. */
export const signOut = endpoint({
  method: 'POST',
  who: 'anyone',
  input: z.object({
    everywhere: z.union([z.boolean(), z.literal('on').transform(() => true)]).default(false),
  }),
  form: { done: '/sign-in', refused: '/sign-in', notice: () => 'signed_out' },
  async answer({ request, input, runtime }) {
    const member = await readMember(request, runtime);
    const jti = await readSessionId(request, runtime);
    if (member && input.everywhere) await revokeAllSessions(runtime.database, member.accountId);
    else if (jti) await revokeSession(runtime.database, jti);
    if (member) runtime.log.info({ account_id: member.accountId }, 'signed out');
    return ok({ status: 204, cookies: [clearCookie('session', runtime)] });
  },
});
