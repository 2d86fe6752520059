/**
 * The API in a process of its own, as one of several on one database. Prints its address.
 *
 *   node site-process.ts ORDER, in JSON: see below
 */
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { limits } from '#domain/limits.ts';
import { createGitHub } from '#github/client.ts';
import { createLog } from '#runtime/log.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { createLimiter } from '#sql/limiter.ts';
import { openPool } from '#sql/pool.ts';
import { dispatch } from '../../http/dispatch.ts';
import { routes } from '../routes.ts';

const order = z.object({
  databaseUrl: z.string(),
  /** Origin of the stand-in. */
  github: z.string(),
  siteUrl: z.string(),
  sessionSecret: z.string(),
  moderatorIds: z.array(z.string()),
});

const { databaseUrl, github, siteUrl, sessionSecret, moderatorIds } = order.parse(
  JSON.parse(process.argv[2] ?? ''),
);
const log = createLog('error');
const database = openPool({ url: databaseUrl, kind: 'server', log });
const runtime: Runtime = {
  siteUrl,
  production: true,
  standin: false,
  database,
  github: createGitHub({
    addresses: { serverUrl: github, apiUrl: github, graphqlUrl: `${github}/graphql`, rawUrl: github },
    oauthApp: { clientId: 'index-under-test', clientSecret: 'its-secret' },
    log: (message) => log.warn(message),
  }),
  gistHosts: [],
  moderatorIds: new Set(moderatorIds),
  sessionSecret,
  log,
  limiter: createLimiter(database, limits, log),
  load: null,
  isDraining: () => false,
};

const server = createServer(async (incoming, outgoing) => {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = await buffer(incoming);
  const request = new Request(new URL(url, siteUrl), {
    method,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(body.length > 0 ? { body } : {}),
  });
  const response = await dispatch(request, routes, runtime);
  outgoing.setHeaders(response.headers).writeHead(response.status);
  outgoing.end(await response.text());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object')
    process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
