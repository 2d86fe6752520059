import { randomUUID } from 'node:crypto';
import { OAuthApp } from '@octokit/oauth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { request } from '@octokit/request';
import { Octokit } from '@octokit/rest';
import type { GitHubAddresses } from '#domain/environment.ts';
import type { Budget } from './budget.ts';

/**
 * The REST version our readers are written for. From 2026-03-10 on, gists come without `history`:
 * https://github.blog/changelog/2026-03-12-rest-api-version-2026-03-10-is-now-available
 */
const apiVersion = '2022-11-28';
/** A person is waiting: one try and its repetition end within a quarter of a minute. */
const standardTimeoutMs = 6_000;

interface OAuthAppSecret {
  clientId: string;
  clientSecret: string;
}

export interface ReaderOptions {
  addresses: GitHubAddresses;
  /** Told of limits and retries; never given a token, an address with a secret, or content. */
  log: (message: string) => void;
  /** How long one request may take, in milliseconds; 6,000 if not said. */
  timeoutMs?: number;
  /** Where there is one, nothing is asked once it is spent. */
  budget?: Budget;
}

/** Reads public data: 5,000 requests an hour. */
export interface GitHubReader {
  options: ReaderOptions;
  octokit: Octokit;
  /** In whose name, as a header. */
  authorization: string;
}

export interface GitHubOptions extends ReaderOptions {
  oauthApp: OAuthAppSecret;
}

/** Everything that talks to GitHub goes through one of these. Public data is read in the name of the OAuth app. */
export interface GitHub extends GitHubReader {
  options: GitHubOptions;
  /** Sign-in calls, unthrottled: a person is waiting. */
  request: typeof request;
}

const Client = Octokit.plugin(retry, throttling);

/**
 * The one GitHub client. Requests time out, are not redirected, and are tried once more when GitHub fails;
 * a rate limit is never waited for, because a person is waiting for us.
 */
export function createGitHub(options: GitHubOptions): GitHub {
  const { clientId, clientSecret } = options.oauthApp;
  const octokitNow = anewWhenTheClockGoesBack((): Octokit => {
    const oauth = { clientType: 'oauth-app', clientId, clientSecret, Octokit: clientFor(options) } as const;
    return withVersion(new OAuthApp(oauth).octokit);
  });
  const authorization = `basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  return {
    options,
    get octokit() {
      return octokitNow();
    },
    authorization,
    request: request.defaults({ ...reaching(options), headers: versionHeader }),
  };
}

/** A client that reads in the name of whoever issued this token. */
export function createTokenReader(options: ReaderOptions & { token: string }): GitHubReader {
  const { token, ...rest } = options;
  const octokitNow = anewWhenTheClockGoesBack((): Octokit => {
    return withVersion(new (clientFor(rest))({ auth: token }));
  });
  return {
    options: rest,
    get octokit() {
      return octokitNow();
    },
    authorization: `bearer ${token}`,
  };
}

/**
 * The throttling counts from the latest time it has seen: after a clock was set back by an hour it would let nothing
 * through for an hour. So another client is made then, whose throttling begins anew.
 */
function anewWhenTheClockGoesBack<T>(make: () => T): () => T {
  let made = make();
  let seen = Date.now();
  return () => {
    const now = Date.now();
    if (now < seen) made = make();
    seen = now;
    return made;
  };
}

const versionHeader = { 'x-github-api-version': apiVersion };

function withVersion(octokit: Octokit): Octokit {
  octokit.hook.before('request', (sent) => {
    Object.assign(sent.headers, versionHeader);
  });
  return octokit;
}

function reaching(options: ReaderOptions) {
  return { baseUrl: options.addresses.apiUrl, request: { fetch: boundFetch(options, () => {}) } };
}

function clientFor(options: ReaderOptions) {
  const quiet = { debug: () => {}, info: () => {}, warn: options.log, error: options.log };
  return Client.defaults({
    ...reaching(options),
    userAgent: 'openagentsessions.org',
    log: quiet,
    retry: { retries: 1, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
    // Throttled together is what has the same id.
    throttle: { id: randomUUID(), onRateLimit: () => false, onSecondaryRateLimit: () => false },
  });
}

/** Largest answer we read, in bytes: 300 files of a gist come with up to 1 MB of content each. */
const maxAnswerBytes = 64 * 1024 * 1024;

/**
 * A fetch that times out, follows no redirect, stops reading (telling so) at `maxAnswerBytes`, and answers in GitHub's
 * place that there is a limit once the budget is spent.
 */
export function boundFetch(options: ReaderOptions, tooLarge: () => void): typeof fetch {
  const { timeoutMs = standardTimeoutMs, budget } = options;
  return async (input, init) => {
    const resource = String(input) === options.addresses.graphqlUrl ? 'graphql' : 'core';
    const spent = budget?.spentFor(resource) ?? null;
    if (spent !== null) return new Response(null, { status: 429, headers: { 'retry-after': String(spent) } });
    // A signal of AbortSignal.timeout would keep each answer in memory until its time is over.
    const limit = new AbortController();
    const tooLate = () => limit.abort(new DOMException('GitHub took too long', 'TimeoutError'));
    const timer = setTimeout(tooLate, timeoutMs).unref();
    const done = () => clearTimeout(timer);
    const response = await fetch(input, { ...init, redirect: 'error', signal: limit.signal }).catch(
      (error: unknown) => {
        done();
        throw error;
      },
    );
    budget?.heard(resource, response.headers);
    if (!response.body) done();
    let left = maxAnswerBytes;
    const counted = response.body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          left -= chunk.byteLength;
          if (left >= 0) return controller.enqueue(chunk);
          tooLarge();
          done();
          controller.error(new Error('the answer is too large'));
        },
        flush: done,
      }),
    );
    if (!counted) return response;
    const { status, statusText, headers } = response;
    return Object.defineProperty(new Response(counted, { status, statusText, headers }), 'url', {
      value: response.url,
    });
  };
}
