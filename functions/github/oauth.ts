import { createHash, randomBytes } from 'node:crypto';
import { deleteToken, exchangeWebFlowCode } from '@octokit/oauth-methods';
import { z } from 'zod';
import type { GitHub } from './client.ts';
import { readFailure } from './failure.ts';

export interface SignInStart {
  /** Where to send the browser. */
  url: string;
  state: string;
  /** PKCE secret, kept by us until the code comes back. */
  codeVerifier: string;
}

/**
 * Starts GitHub's web flow with PKCE (S256) and no scope: public data is all that is asked for.
 * https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 */
export function startWebFlow(github: GitHub, redirectUri: string): SignInStart {
  const state = randomBytes(32).toString('base64url');
  const codeVerifier = randomBytes(48).toString('base64url');
  const url = new URL(`${github.options.addresses.serverUrl}/login/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: github.options.oauthApp.clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    allow_signup: 'true',
  }).toString();
  return { url: url.href, state, codeVerifier };
}

const user = z.object({ id: z.int().positive(), login: z.string().min(1).max(100) });

/**
 * Who came back with this code. The token lives only inside this function: it reads `/user` and is then deleted at
 * GitHub. Null when GitHub refuses the code or does not answer properly.
 */
export async function finishWebFlow(
  github: GitHub,
  answer: { code: string; codeVerifier: string; redirectUri: string },
): Promise<{ githubId: string; login: string } | null> {
  const { options } = github;
  try {
    const { authentication } = await exchangeWebFlowCode({
      clientType: 'oauth-app',
      ...options.oauthApp,
      code: answer.code,
      redirectUrl: answer.redirectUri,
      request: github.request.defaults({
        baseUrl: options.addresses.serverUrl,
        code_verifier: answer.codeVerifier,
      }),
    });
    return await whoseToken(github, authentication.token);
  } catch (error) {
    const failure = readFailure(error);
    options.log(`sign-in failed: ${failure.kind === 'unavailable' ? failure.why : failure.kind}`);
    return null;
  }
}

async function whoseToken(github: GitHub, token: string): Promise<{ githubId: string; login: string }> {
  try {
    const { data } = await github.request('GET /user', { headers: { authorization: `token ${token}` } });
    const { id, login } = user.parse(data);
    return { githubId: String(id), login };
  } finally {
    await forgetToken(github, token);
  }
}

/** A token that cannot be deleted now has no scope, is stored nowhere, and expires by itself; so the sign-in goes on. */
async function forgetToken(github: GitHub, token: string): Promise<void> {
  try {
    await deleteToken({
      clientType: 'oauth-app',
      ...github.options.oauthApp,
      token,
      request: github.request,
    });
  } catch {
    github.options.log('a sign-in token could not be deleted at GitHub');
  }
}
