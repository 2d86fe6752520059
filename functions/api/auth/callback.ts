import { z } from 'zod';
import type { NoticeCode } from '#domain/notice.ts';
import { finishWebFlow } from '#github/oauth.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { recordAccount } from '#sql/queries/accounts.ts';
import { revokeSession } from '#sql/queries/sessions.ts';
import { takeSignIn } from '#sql/queries/sign-ins.ts';
import { readCookie } from '../../http/cookie.ts';
import { endpoint } from '../../http/endpoint.ts';
import { sendNotice } from '../../http/notice.ts';
import { seeOther } from '../../http/respond.ts';
import { openSession, readSessionId } from '../../http/session.ts';
import { callbackPath, sha256 } from './sign-in.ts';

const text = z.string().max(500).optional().catch(undefined);

/** GET /api/auth/callback/github: GitHub sends the browser back here. Always 303: signed in, or told why not. */
export const callback = endpoint({
  method: 'GET',
  who: 'anyone',
  navigation: '/sign-in',
  input: z.object({ code: text, state: text, error: text }),
  async answer({ request, input, runtime }) {
    const browser = readCookie(request, 'sign_in', runtime);
    const key = { stateSha256: sha256(input.state ?? ''), browserSha256: sha256(browser ?? '') };
    const signIn = await takeSignIn(runtime.database, key);
    if (input.error !== undefined) return failed('sign_in_cancelled', runtime, signIn);
    if (!signIn || input.code === undefined) return failed('sign_in_expired', runtime, signIn);

    const { codeVerifier, returnTo } = signIn;
    const redirectUri = runtime.siteUrl + callbackPath;
    const who = await finishWebFlow(runtime.github, { code: input.code, codeVerifier, redirectUri });
    if (!who) return failed('sign_in_failed', runtime, signIn);

    const earlier = await readSessionId(request, runtime);
    if (earlier) await revokeSession(runtime.database, earlier);
    const accountId = await recordAccount(runtime.database, who);
    const session = await openSession(runtime, accountId);
    runtime.log.info({ account_id: accountId }, 'signed in');
    // The browser's key stays: another tab may be signing in with it.
    return seeOther(returnTo, [session]);
  },
});

/** Back to the sign-in page, which tells why and tries again for the same page. */
function failed(code: NoticeCode, runtime: Runtime, signIn: { returnTo: string } | null): Response {
  runtime.log.info({ code }, 'not signed in');
  const values: Record<string, string> = signIn ? { return_to: signIn.returnTo } : {};
  return seeOther('/sign-in', [sendNotice({ code, details: {}, values }, runtime)]);
}
