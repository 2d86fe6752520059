import { OAuthApp } from '@octokit/oauth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { request } from '@octokit/request';
import { Octokit } from '@octokit/rest';
import type { GitHubAddresses } from '#domain/environment.ts';

/**
 * The REST version our readers are written for. From 2026-03-10 on, gists come without `history`:
 * https://github.blog/changelog/2026-03-12-rest-api-version-2026-03-10-is-now-available
 */
const apiVersion = '2022-11-28';
/** A person is waiting: one try and its repetition end within a quarter of a minute. */
const standardTimeoutMs = 6_000;

export interface GitHubOptions {
  addresses: GitHubAddresses;
  oauthApp: { clientId: string; clientSecret: string };
  /** Told of limits and retries; never given a token, an address with a secret, or content. */
  log: (message: string) => void;
  /** How long one request may take, in milliseconds; 6,000 if not said. */
  timeoutMs?: number;
}

/** Everything that talks to GitHub goes through one of these. */
export interface GitHub {
  options: GitHubOptions;
  /** Reads public data with the OAuth app's own id and secret (5,000 requests an hour). */
  octokit: Octokit;
  /** Sign-in calls, unthrottled: a person is waiting. */
  request: typeof request;
}

const Client = Octokit.plugin(retry, throttling);

/**
 * The one GitHub client. Requests time out, are not redirected, and are tried once more when GitHub fails;
 * a rate limit is never waited for, because a person is waiting for us.
 */
export function createGitHub(options: GitHubOptions): GitHub {
  const common = {
    baseUrl: options.addresses.apiUrl,
    request: { fetch: boundFetch(options, () => {}) },
  };
  const headers = { 'x-github-api-version': apiVersion };
  const quiet = { debug: () => {}, info: () => {}, warn: options.log, error: options.log };
  const app = new OAuthApp({
    clientType: 'oauth-app',
    ...options.oauthApp,
    Octokit: Client.defaults({
      ...common,
      userAgent: 'openagentsessions.org',
      log: quiet,
      retry: { retries: 1, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
      throttle: { onRateLimit: () => false, onSecondaryRateLimit: () => false },
    }),
  });
  const octokit: Octokit = app.octokit;
  octokit.hook.before('request', (sent) => {
    Object.assign(sent.headers, headers);
  });
  return { options, octokit, request: request.defaults({ ...common, headers }) };
}

/** Largest answer we read, in bytes: 300 files of a gist come with up to 1 MB of content each. */
const maxAnswerBytes = 64 * 1024 * 1024;

/** A fetch that times out, follows no redirect, and stops reading (telling so) at `maxAnswerBytes`. */
export function boundFetch(options: GitHubOptions, tooLarge: () => void): typeof fetch {
  const { timeoutMs = standardTimeoutMs } = options;
  return async (input, init) => {
    const response = await fetch(input, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    let left = maxAnswerBytes;
    const counted = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          left -= chunk.byteLength;
          if (left >= 0) return controller.enqueue(chunk);
          tooLarge();
          controller.error(new Error('the answer is too large'));
        },
      }),
    );
    if (!counted) return response;
    const { status, statusText, headers } = response;
    return Object.defineProperty(new Response(counted, { status, statusText, headers }), 'url', {
      value: response.url,
    });
  };
}
