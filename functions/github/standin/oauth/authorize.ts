import { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import type { World } from '../world.ts';
import { accountsPage, oauthErrorPage } from './accounts-page.ts';

const request = z.object({
  client_id: z.string().min(1),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  state: z.string().optional(),
  scope: z.string().default(''),
  login: z.string().optional(),
  code_challenge: z
    .string()
    .regex(/^[\w-]{43}$/)
    .optional(),
  code_challenge_method: z.literal('S256').optional(),
});

/**
 * GET /login/oauth/authorize: with `login` the person agrees at once, without it they choose an account. The
 * stand-in has no registered callback, so `redirect_uri` has to be sent.
 */
export function authorize(world: World, asked: Asked): Answer {
  const parsed = request.safeParse(Object.fromEntries(asked.query));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'query';
    return oauthErrorPage(400, `The app's request is not complete: ${field} is missing or not valid.`);
  }
  const { client_id, redirect_uri, state, scope, login, code_challenge, code_challenge_method } = parsed.data;
  if ((world.credentials.clientId ?? client_id) !== client_id) {
    return oauthErrorPage(404, 'No app has this client_id.');
  }
  if ((code_challenge === undefined) !== (code_challenge_method === undefined)) {
    return oauthErrorPage(400, 'code_challenge and code_challenge_method=S256 belong together.');
  }
  if (!login) return accountsPage(world.gists.accounts(), asked.query);

  const account = world.gists.account(login);
  if (account === undefined) return oauthErrorPage(404, `The stand-in has no account "${login}".`);

  const grant = { login: account, clientId: client_id, redirectUri: redirect_uri, scope };
  const back = new URL(redirect_uri);
  back.searchParams.set('code', world.oauth.issueCode({ ...grant, challenge: code_challenge ?? null }));
  if (state !== undefined) back.searchParams.set('state', state);
  return { status: 302, headers: { location: back.href, 'cache-control': 'no-store' }, body: '' };
}
