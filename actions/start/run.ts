import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from '#domain/environment.ts';
import { faceHeaders } from '#domain/face-headers.ts';
import { publishedType } from '#domain/published-type.ts';
import { createGitHub } from '#github/client.ts';
import { createLog } from '#runtime/log.ts';
import { provideRuntime } from '#runtime/runtime.ts';
import { securityHeaders } from '#runtime/security-headers.ts';
import { openDatabase } from '#sql/open.ts';
import { checkReadiness } from '#sql/queries/readiness.ts';
import { JobFailure } from '../failure.ts';
import { listen } from '../listen.ts';
import { leadToBucket } from './bucket-files.ts';
import { guard } from './guard.ts';

/** Where the build left its copies of the published files, for the pages that are made from them on request. */
const client = new URL('../../dist/client/', import.meta.url);
const entry = new URL('../../dist/server/entry.mjs', import.meta.url);
/** The hashes of the site's scripts, left there by the build. */
const scripts = new URL('../../dist/scripts.json', import.meta.url);

export interface StartInput {
  /** Read for `start`, so everything required is set. */
  environment: Environment;
  port: number;
  host: string;
  print(line: string): void;
}

/** Serves the built site. Resolves when it listens, to what stops it after the open requests have ended. */
export async function run({ environment, port, host, print }: StartInput): Promise<() => Promise<void>> {
  const { siteUrl, sessionSecret, oauthApp, github, moderatorIds, databaseUrl, datasetAddress } = environment;
  if (!siteUrl || !sessionSecret || !oauthApp || !databaseUrl) {
    throw new Error('the environment was not read for start');
  }
  for (const warning of environment.warnings) print(warning);
  if (!existsSync(entry)) throw new JobFailure('There is no built site in dist/. Run npm run build first.');

  const log = createLog('info');
  const database = await openDatabase({ databaseUrl, log });
  // Fails here, with a sentence, rather than at the first visitor.
  await checkReadiness(database);
  let draining = false;
  provideRuntime({
    siteUrl,
    production: true,
    standin: false,
    database,
    github: createGitHub({ addresses: github, oauthApp, log: (message) => log.warn(message) }),
    gistHosts: [],
    moderatorIds,
    sessionSecret,
    log,
    isDraining: () => draining,
  });
  const headers = securityHeaders({
    scripts: z.array(z.string()).parse(JSON.parse(await readFile(scripts, 'utf8'))),
    gists: [github.rawUrl, github.apiUrl].map((address) => new URL(address).origin),
  });
  const site = await loadSite();
  const toBucket = datasetAddress === null ? null : leadToBucket(datasetAddress, client);
  const answer: RequestListener = (request, response) => {
    if (!toBucket?.(request, response)) site(request, response);
  };
  const server = createServer(withHeaders(answer, headers));
  await listen(server, port, host);
  print(`Serving ${siteUrl} on http://${host}:${port}/`);
  return async () => {
    draining = true;
    await new Promise((resolve) => server.close(resolve));
    await database.close();
  };
}

/** The adapter's handler: static files first, then Astro. It must not start a server of its own. */
async function loadSite(): Promise<RequestListener> {
  process.env.ASTRO_NODE_AUTOSTART = 'disabled';
  process.env.BUILT_DATASET_DIR = fileURLToPath(new URL('dataset', client));
  process.env.BUILT_BROWSE_DIR = fileURLToPath(new URL('browse', client));
  const site: { handler: RequestListener } = await import(fileURLToPath(entry));
  return site.handler;
}

/** Prerendered pages and files do not pass the middleware, so the headers are set around everything. */
function withHeaders(handler: RequestListener, headers: Readonly<Record<string, string>>): RequestListener {
  return (request, response) => {
    if (guard(request, response)) return;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = (request.url ?? '').replace(/[?#].*$/s, '');
    for (const [name, value] of Object.entries(faceHeaders(path))) response.setHeader(name, value);
    const file = /^\/dataset\/(?:latest|snapshots\/[^/?]+)\/([^/?]+)/.exec(request.url ?? '')?.[1];
    // The static handler does not know all of their types, and keeps one that is set.
    if (file !== undefined) response.setHeader('content-type', publishedType(file));
    return handler(request, response);
  };
}
