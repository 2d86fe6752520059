import { z } from 'zod';
import { type Answer, json } from '../http/answer.ts';
import { type Asked, readFields } from '../http/asked.ts';
import { isClient } from '../http/credential.ts';
import type { World } from '../world.ts';
import { verifierMatches } from './oauth-store.ts';

const request = z.object({
  client_id: z.string().default(''),
  client_secret: z.string().default(''),
  code: z.string().default(''),
  redirect_uri: z.string().optional(),
  code_verifier: z.string().optional(),
});

const refusals = {
  incorrect_client_credentials: 'The client_id and/or client_secret passed are incorrect.',
  redirect_uri_mismatch: 'The redirect_uri MUST match the registered callback URL for this application.',
  bad_verification_code: 'The code passed is incorrect or expired.',
};

const explained = '/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#';

/** GitHub answers with a form unless JSON is asked for, and refuses with status 200. */
function answer(asked: Asked, fields: Record<string, string>): Answer {
  const reply = json(fields, 200, { 'cache-control': 'no-store' });
  if (asked.headers.accept?.includes('json')) return reply;
  const headers = { ...reply.headers, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return { ...reply, headers, body: new URLSearchParams(fields).toString() };
}

function refuse(asked: Asked, error: keyof typeof refusals): Answer {
  const error_uri = `${explained}${error.replaceAll('_', '-')}`;
  return answer(asked, { error, error_description: refusals[error], error_uri });
}

/**
 * POST /login/oauth/access_token: exchanges a code once. A wrong PKCE verifier or a missing one uses the code
 * up and is refused as a bad code.
 */
export async function exchangeCode(world: World, asked: Asked): Promise<Answer> {
  const parsed = request.safeParse(await readFields(asked));
  if (!parsed.success) return refuse(asked, 'bad_verification_code');
  const { client_id, client_secret, code, redirect_uri, code_verifier } = parsed.data;
  if (client_secret === '' || !isClient(client_id, client_secret, world.credentials)) {
    return refuse(asked, 'incorrect_client_credentials');
  }
  const grant = world.oauth.takeCode(code);
  if (!grant || grant.clientId !== client_id) return refuse(asked, 'bad_verification_code');
  if (redirect_uri !== undefined && redirect_uri !== grant.redirectUri) {
    return refuse(asked, 'redirect_uri_mismatch');
  }
  if (grant.challenge !== null && !verifierMatches(code_verifier ?? '', grant.challenge)) {
    return refuse(asked, 'bad_verification_code');
  }
  const access_token = world.oauth.issueToken(grant);
  return answer(asked, { access_token, token_type: 'bearer', scope: grant.scope });
}
