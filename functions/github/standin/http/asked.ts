import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Credential } from './credential.ts';
import type { Standing } from './rate-limits.ts';

/** REST API versions the stand-in speaks; the second has no `history` and no `forks`. */
export const apiVersions = ['2022-11-28', '2026-03-10'] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** One request, as a handler receives it. */
export interface Asked {
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  credential: Credential;
  version: ApiVersion;
  /** Where the caller stands; null for routes GitHub does not count. */
  standing: Standing | null;
  /** The request's body, unread. */
  stream: IncomingMessage;
  /** A decoded part of the path, by its name in the route. */
  param(name: string): string;
}

/** Thrown when a body is larger than any of GitHub's JSON or form bodies needs to be. */
export class BodyTooLarge extends Error {}

const mostBytes = 1024 * 1024;

async function readBody(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > mostBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body as JSON; undefined where it is none. */
export async function readJson(stream: IncomingMessage): Promise<unknown> {
  return parseJson(await readBody(stream));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body as JSON or as a form, whichever the caller sent; undefined where it cannot be read as either. */
export async function readFields(asked: Asked): Promise<unknown> {
  const text = await readBody(asked.stream);
  if (asked.headers['content-type']?.includes('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return parseJson(text);
}
