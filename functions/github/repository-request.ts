import { request } from '@octokit/request';
import type { z } from 'zod';
import { type Failure, readFailure } from './failure.ts';

/** A repository, and a token that may do in it what is asked for. */
export interface RepositoryAccess {
  apiUrl: string;
  /** `owner/name` */
  repository: string;
  token: string;
}

const timeoutMs = 30_000;

/** Asks GitHub's REST API with the token, along no redirect and for half a minute at most. */
export function requestWith({ apiUrl, token }: RepositoryAccess) {
  return request.defaults({
    baseUrl: apiUrl,
    headers: { authorization: `bearer ${token}`, 'x-github-api-version': '2022-11-28' },
    request: {
      fetch: (input: string, init: RequestInit) =>
        fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) }),
    },
  });
}

/** The repository as GitHub's routes name its parts. */
export function partsOf({ repository }: RepositoryAccess): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** What GitHub told, or why nothing came of it. */
export type Found<Value> = { kind: 'found'; value: Value } | Failure;

/** Asks GitHub for something of this shape, and takes what is wanted of it. */
export async function findWith<Shape extends z.ZodType, Value>(
  shape: Shape,
  taken: (read: z.output<Shape>) => Value,
  ask: () => Promise<{ data: unknown }>,
): Promise<Found<Value>> {
  try {
    const parsed = shape.safeParse((await ask()).data);
    return parsed.success
      ? { kind: 'found', value: taken(parsed.data) }
      : { kind: 'unavailable', retryAfter: 60, why: 'another answer than it documents' };
  } catch (error) {
    return readFailure(error);
  }
}
