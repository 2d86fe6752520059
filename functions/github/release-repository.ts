import { Octokit } from '@octokit/rest';
import type { z } from 'zod';
import type { GitHubAddresses } from '#domain/environment.ts';
import { type ReleaseFailure, readReleaseFailure } from './release-failure.ts';

const apiVersion = '2022-11-28';
/** What takes part in an exchange may be silent for so long, in milliseconds, before it is given up. */
const standardSilenceMs = 120_000;
/** Largest JSON answer we read, in bytes: a page of 100 releases with their assets has a few million. */
const maxAnswerBytes = 64 * 1024 * 1024;

export interface ReleaseRepositoryOptions {
  addresses: Pick<GitHubAddresses, 'apiUrl'>;
  /** `owner/name`. */
  repository: string;
  token: string;
  silenceMs?: number;
}

/** A repository whose releases are read and written in a token's name. */
export interface ReleaseRepository {
  /** `owner/name`. */
  name: string;
  octokit: Octokit;
  apiUrl: string;
  silenceMs: number;
  token: string;
}

/**
 * The client for releases. Nothing is repeated and no redirect is followed here: whoever asks knows what a repetition
 * would do.
 */
export function openRepository(options: ReleaseRepositoryOptions): ReleaseRepository {
  const { addresses, repository, token, silenceMs = standardSilenceMs } = options;
  const quiet = () => {};
  const octokit = new Octokit({
    baseUrl: addresses.apiUrl,
    auth: token,
    userAgent: 'openagentsessions.org',
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    request: { redirect: 'manual' },
  });
  return { name: repository, octokit, apiUrl: addresses.apiUrl, silenceMs, token };
}

type Answer<T> = { kind: 'ok'; value: T } | ReleaseFailure;

/** Asks for a path of the repository, and reads the answer by a schema. */
export async function ask<T>(
  { name, octokit, silenceMs }: ReleaseRepository,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  fields: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<Answer<T>> {
  try {
    const { status, data } = await octokit.request(`${method} /repos/${name}${path}`, {
      ...fields,
      headers: { 'x-github-api-version': apiVersion },
      request: { signal: AbortSignal.timeout(silenceMs), fetch: boundFetch },
    });
    return read(status, data, schema);
  } catch (error) {
    return readReleaseFailure(error);
  }
}

function read<T>(status: number, data: unknown, schema: z.ZodType<T>): Answer<T> {
  if (status >= 300) return readReleaseFailure({ status });
  const parsed = schema.safeParse(data);
  if (parsed.success) return { kind: 'ok', value: parsed.data };
  return { kind: 'unavailable', retryAfter: 60, why: 'an answer of another shape' };
}

/**
 * Uploads to the address GitHub gave, if it is one of GitHub's: the token goes there. The length is said beforehand, as
 * GitHub requires; fetch would otherwise send a stream in chunks.
 */
export async function send<T>(
  { octokit, apiUrl, silenceMs }: ReleaseRepository,
  uploadUrl: string,
  content: { name: string; contentType: string; bytes: number; open(): AsyncIterable<Uint8Array> },
  { onBytes, signal }: { onBytes: (bytes: number) => void; signal: AbortSignal },
  schema: z.ZodType<T>,
): Promise<Answer<T>> {
  const url = uploadUrl.replace(/\{.*$/, '');
  if (URL.parse(url)?.origin !== uploadOrigin(apiUrl)) {
    return { kind: 'unavailable', retryAfter: 60, why: 'an upload address that is not GitHub’s' };
  }
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const piece of content.open()) {
      signal.throwIfAborted();
      timer.refresh();
      yield piece;
      onBytes(piece.byteLength);
    }
  }
  try {
    const { status, data } = await octokit.request({
      method: 'POST',
      url: `${url}{?name}`,
      baseUrl: '',
      name: content.name,
      data: watched(),
      headers: {
        'content-type': content.contentType,
        'content-length': content.bytes,
        'x-github-api-version': apiVersion,
      },
      request: {
        signal: AbortSignal.any([signal, silence.signal]),
        fetch: boundFetch,
        // Only so does fetch keep no second copy of what it has sent, for a redirect that would want it again.
        redirect: 'error',
      },
    });
    return read(status, data, schema);
  } catch (error) {
    signal.throwIfAborted();
    return readReleaseFailure(error);
  } finally {
    clearTimeout(timer);
  }
}

/** GitHub takes uploads on a host of its own; every other place, such as an Enterprise server, where its API is. */
function uploadOrigin(apiUrl: string): string {
  const { origin } = new URL(apiUrl);
  return origin === 'https://api.github.com' ? 'https://uploads.github.com' : origin;
}

/** The bytes at a path. GitHub sends on to where they are stored, which must not get the token. Throws as Octokit does. */
export async function bytesBehind(
  { name, apiUrl, token, silenceMs }: ReleaseRepository,
  path: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const headers = {
    accept: 'application/octet-stream',
    authorization: `token ${token}`,
    'x-github-api-version': apiVersion,
  };
  const options = { signal: AbortSignal.any([signal, AbortSignal.timeout(silenceMs * 30)]) };
  let response = await fetch(`${apiUrl}/repos/${name}${path}`, { ...options, headers, redirect: 'manual' });
  const location = response.headers.get('location');
  if (response.status === 302 && location !== null) {
    await response.body?.cancel();
    response = await fetch(location, { ...options, redirect: 'error' });
  }
  if (response.ok && response.body !== null) return response.body;
  await response.body?.cancel();
  throw Object.assign(new Error(`status ${response.status}`), { status: response.status });
}

/** A fetch that stops reading an answer that is too large. */
const boundFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  let left = maxAnswerBytes;
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.byteLength;
        if (left >= 0) controller.enqueue(chunk);
        else controller.error(new Error('the answer is too large'));
      },
    }),
  );
  if (!counted) return response;
  const { status, statusText, headers } = response;
  return new Response(counted, { status, statusText, headers });
};
