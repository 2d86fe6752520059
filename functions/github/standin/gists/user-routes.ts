import { type Answer, badCredentials, json, needsSignIn, notFound } from '../http/answer.ts';
import type { Asked } from '../http/asked.ts';
import { countingKey } from '../http/credential.ts';
import type { World } from '../world.ts';
import { publicUser } from './user-answer.ts';

function profile(world: World, login: string): Answer {
  const publicGists = world.gists.gistsOf(login).filter((gist) => gist.settings.public);
  return json(publicUser(login, world.origin, world.gists.firstLogin(login), publicGists.length));
}

/** GET /users/{login} */
export function showUser(world: World, asked: Asked): Answer {
  const login = world.gists.account(asked.param('login'));
  return login === undefined ? notFound() : profile(world, login);
}

/** GET /user: whose token this is. */
export function showTokenUser(world: World, asked: Asked): Answer {
  const { credential } = asked;
  if (credential.kind !== 'token') return needsSignIn();
  const login = credential.login === null ? undefined : world.gists.account(credential.login);
  return login === undefined ? badCredentials() : profile(world, login);
}

/** GET /rate_limit: costs nothing. Version 2026-03-10 has no `rate`. */
export function showRateLimit(world: World, asked: Asked): Answer {
  const caller = countingKey(asked.credential);
  const core = world.limits.standing(caller, 'core');
  const graphql = world.limits.standing(caller, 'graphql');
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset, resource: 'search' };
  const resources = { core, search, graphql };
  return json(asked.version === '2022-11-28' ? { resources, rate: core } : { resources });
}
