import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { signInMinutes } from '#domain/account-session.ts';
import { returnPath } from '#domain/return-path.ts';
import { startWebFlow } from '#github/oauth.ts';
import { startSignIn } from '#sql/queries/sign-ins.ts';
import { readCookie, setCookie } from '../../http/cookie.ts';
import { endpoint } from '../../http/endpoint.ts';
import { seeOther } from '../../http/respond.ts';

export const callbackPath = '/api/auth/callback/github';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const browserKey = /^[\w-]{43}$/;

/** GET /api/auth/signin?return_to=: sends the browser to GitHub. Always 303. */
export const signIn = endpoint({
  method: 'GET',
  who: 'anyone',
  navigation: '/sign-in',
  input: z.object({ return_to: z.string().optional().catch(undefined) }),
  async answer({ request, input, runtime }) {
    const start = startWebFlow(runtime.github, runtime.siteUrl + callbackPath);
    // One key a browser, so that two tabs can be signing in at once.
    const known = readCookie(request, 'sign_in', runtime);
    const browser = known !== null && browserKey.test(known) ? known : randomBytes(32).toString('base64url');
    await startSignIn(runtime.database, {
      stateSha256: sha256(start.state),
      browserSha256: sha256(browser),
      codeVerifier: start.codeVerifier,
      returnTo: returnPath(input.return_to),
    });
    return seeOther(start.url, [setCookie('sign_in', browser, signInMinutes * 60, runtime)]);
  },
});
