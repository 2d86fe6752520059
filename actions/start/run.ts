import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from '#domain/environment.ts';
import { limits } from '#domain/limits.ts';
import { createGitHub } from '#github/client.ts';
import { createLog } from '#runtime/log.ts';
import { provideRuntime } from '#runtime/runtime.ts';
import { securityHeaders } from '#runtime/security-headers.ts';
import { createLimiter } from '#sql/limiter.ts';
import { openDatabase } from '#sql/open.ts';
import { checkReadiness } from '#sql/queries/readiness.ts';
import { JobFailure } from '../failure.ts';
import { listen } from '../listen.ts';
import { accessLog } from './access-log.ts';
import { answerEach } from './answer-each.ts';
import { leadToBucket } from './bucket-files.ts';
import { createProxies } from './client-address.ts';
import { drain } from './drain.ts';
import { createLoad, measureLag } from './load.ts';
import { answerMalformed } from './malformed.ts';
import { createMeasures } from './metrics/measures.ts';
import { serveMetrics } from './metrics/serve.ts';
import { createSiteServer } from './server.ts';
import { withHeaders } from './with-headers.ts';

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
  /** Where this machine alone reads what is measured; null or left out: nowhere. */
  metricsPort?: number | null;
  /** How long requests are still taken once it was told to end. */
  drainSeconds: number;
  print(line: string): void;
}

const untold =
  'TRUSTED_PROXIES is not set: visitors who come through a proxy on this machine are not told apart, nor limited.';

/** Serves the built site. Resolves when it listens, to what stops it after the open requests have ended. */
export async function run(input: StartInput): Promise<() => Promise<void>> {
  const { environment, port, host, metricsPort = null, drainSeconds, print } = input;
  const { siteUrl, sessionSecret, oauthApp, github, moderatorIds, databaseUrl, datasetAddress } = environment;
  if (!siteUrl || !sessionSecret || !oauthApp || !databaseUrl) {
    throw new Error('the environment was not read for start');
  }
  for (const warning of environment.warnings) print(warning);
  if (environment.trustedProxies.length === 0) print(untold);
  if (!existsSync(entry)) throw new JobFailure('There is no built site in dist/. Run npm run build first.');

  const log = createLog('info');
  const database = await openDatabase({ databaseUrl, log });
  // Fails here, with a sentence, rather than at the first visitor.
  await checkReadiness(database);
  let draining = false;
  const isDraining = () => draining;
  provideRuntime({
    siteUrl,
    production: true,
    standin: false,
    database,
    limiter: createLimiter(database, limits, log),
    github: createGitHub({ addresses: github, oauthApp, log: (message) => log.warn(message) }),
    gistHosts: [],
    moderatorIds,
    sessionSecret,
    log,
    load: createLoad(measureLag()),
    isDraining,
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
  const proxies = createProxies(environment.trustedProxies);
  const measures = createMeasures(database, isDraining);
  const metrics = metricsPort === null ? null : await serveMetrics(metricsPort, measures.read);
  const hearers = [accessLog(log), measures.answered];
  const server = createSiteServer(answerEach(withHeaders(answer, headers), proxies, hearers), isDraining);
  answerMalformed(server, headers, hearers);
  await listen(server, port, host);
  print(`Serving ${siteUrl} on http://${host}:${port}/`);
  return async () => {
    draining = true;
    await drain(server, drainSeconds);
    metrics?.stop();
    measures.end();
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
