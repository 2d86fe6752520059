import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Answer, badCredentials, failure, notFound } from './http/answer.ts';
import { type ApiVersion, type Asked, apiVersions, BodyTooLarge } from './http/asked.ts';
import { conditional } from './http/conditional.ts';
import { type Credential, countingKey, readCredential } from './http/credential.ts';
import { overLimit, rateLimitHeaders } from './http/rate-limits.ts';
import type { Found } from './routes.ts';
import type { World } from './world.ts';

function readVersion(header: string | string[] | undefined): ApiVersion | undefined {
  return header === undefined ? '2022-11-28' : apiVersions.find((version) => version === header);
}

async function handled(world: World, asked: Asked, route: Found): Promise<Answer> {
  try {
    return await route.handle(world, asked);
  } catch (error) {
    if (error instanceof BodyTooLarge) return failure(413, 'Payload too large');
    throw error;
  }
}

/** Counts the request and answers it. A 304 is free to a caller who signs the request. */
async function counted(
  world: World,
  stream: IncomingMessage,
  route: Found,
  query: URLSearchParams,
  credential: Credential,
  version: ApiVersion,
): Promise<Answer> {
  const caller = countingKey(credential);
  const resource = route.counted;
  const before = resource && world.limits.standing(caller, resource);
  if (before && before.remaining === 0) return overLimit(before, caller);

  const asked: Asked = {
    headers: stream.headers,
    query,
    credential,
    version,
    standing: before,
    stream,
    param(name) {
      const value = route.params.get(name);
      if (value === undefined) throw new Error(`The route has no part called ${name}.`);
      return value;
    },
  };
  const full = await handled(world, asked, route);
  const answer = stream.method === 'POST' ? full : conditional(full, stream.headers);
  if (!resource) return answer;
  const free = answer.status === 304 && credential.kind !== 'none';
  if (!free) world.limits.count(caller, resource);
  const standing = rateLimitHeaders(world.limits.standing(caller, resource));
  return { ...answer, headers: { ...standing, ...answer.headers } };
}

function commonHeaders(route: Found, version: ApiVersion, credential: Credential): Record<string, string> {
  const everywhere = {
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'x-github-request-id': randomUUID().toUpperCase(),
  };
  if (route.group === 'raw' || route.group === 'oauth') return everywhere;
  const scope = credential.kind === 'none' ? 'public' : 'private';
  return {
    ...everywhere,
    'access-control-expose-headers':
      'ETag, Link, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Reset',
    'cache-control': `${scope}, max-age=60, s-maxage=60`,
    vary: 'Accept, Authorization, X-GitHub-Api-Version',
    'x-github-api-version-selected': version,
    'x-github-media-type': 'github.v3; format=json',
  };
}

/** GitHub's answer to a request on a route it has, without any fault. */
export async function answerRequest(
  world: World,
  stream: IncomingMessage,
  route: Found | undefined,
  query: URLSearchParams,
): Promise<Answer> {
  if (!route) return notFound();
  const credential = readCredential(stream.headers.authorization, world.credentials);
  if (!credential) return badCredentials();
  const version = readVersion(stream.headers['x-github-api-version']);
  if (!version) return failure(400, 'This is not a supported version of the API.');
  const answer = await counted(world, stream, route, query, credential, version);
  return { ...answer, headers: { ...commonHeaders(route, version, credential), ...answer.headers } };
}
