import { createHash } from 'node:crypto';
import { z } from 'zod';
import { githubTime } from '../gists/gist-answer.ts';
import { simpleUser } from '../gists/user-answer.ts';
import { type Answer, invalid, json, needsSignIn, noContent, notFound } from '../http/answer.ts';
import { type Asked, readJson } from '../http/asked.ts';
import type { World } from '../world.ts';
import type { IssuedToken } from './oauth-store.ts';

const request = z.object({ access_token: z.string().min(1) });

/** Lets the app itself through, signed in by its id and secret, with a token of its own. */
async function withToken(
  world: World,
  asked: Asked,
  answer: (token: string, issued: IssuedToken) => Answer,
): Promise<Answer> {
  const { credential } = asked;
  if (credential.kind !== 'basic') return needsSignIn();
  if (credential.clientId !== asked.param('client')) return notFound();
  const parsed = request.safeParse(await readJson(asked.stream));
  if (!parsed.success) {
    return invalid([{ resource: 'OauthAccess', field: 'access_token', code: 'missing_field' }]);
  }
  const token = parsed.data.access_token;
  const issued = world.oauth.token(token);
  return issued?.clientId === credential.clientId ? answer(token, issued) : notFound();
}

/** POST /applications/{client}/token: is this token good, and whose is it? */
export function checkToken(world: World, asked: Asked): Promise<Answer> {
  return withToken(world, asked, (token, issued) => {
    const hashed = createHash('sha256').update(token).digest('hex');
    const time = githubTime(issued.createdAt);
    const url = `${world.origin}/authorizations/1`;
    const app = { name: 'GitHub stand-in', url: world.origin, client_id: issued.clientId };
    return json({
      id: Number.parseInt(hashed.slice(0, 8), 16),
      url,
      app,
      token,
      hashed_token: hashed,
      token_last_eight: token.slice(-8),
      note: null,
      note_url: null,
      created_at: time,
      updated_at: time,
      expires_at: null,
      fingerprint: null,
      scopes: issued.scope.split(/[ ,]+/).filter(Boolean),
      user: simpleUser(issued.login, world.origin, world.gists.firstLogin(issued.login)),
    });
  });
}

/** DELETE /applications/{client}/token */
export function deleteToken(world: World, asked: Asked): Promise<Answer> {
  return withToken(world, asked, (token) => {
    world.oauth.revoke(token);
    return noContent();
  });
}

/** DELETE /applications/{client}/grant: all tokens this person gave the app. */
export function deleteGrant(world: World, asked: Asked): Promise<Answer> {
  return withToken(world, asked, (_token, issued) => {
    world.oauth.revokeGrant(issued.login, issued.clientId);
    return noContent();
  });
}
