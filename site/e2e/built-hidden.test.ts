import { request } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { startProduction } from './production.ts';

const dev = inject('dev');
let site: Awaited<ReturnType<typeof startProduction>>;
beforeAll(async () => {
  await exportDataset(dev);
  site = await startProduction(dev, []);
});
afterAll(() => site?.stop());

interface Seen {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** Asks for a target as it stands, dots included, which `fetch` would take out. */
function ask(target: string, method = 'GET'): Promise<Seen> {
  const { hostname, port } = new URL(site.address);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path: target, method }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

const notServed = (status: number) => status === 404 || status === 400;

test.each([
  ...[
    '/.git/config',
    '/.git/HEAD',
    '/%2egit/config',
    '/.env',
    '/.npmrc',
    '/.data/current',
    '/.dataset/latest',
  ],
  ...[
    '/package.json',
    '/package-lock.json',
    '/astro.config.mjs',
    '/sql/schema.sql',
    '/functions/api/routes.ts',
  ],
  ...[
    '/scripts.json',
    '/server/entry.mjs',
    '/../scripts.json',
    '/../server/entry.mjs',
    '/../../package.json',
  ],
  ...[
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/dataset/../../../package.json',
    '/_astro/../../scripts.json',
  ],
  ...[
    '/dataset/snapshots/../../../../package.json',
    '/browse/..%2f..%2fscripts.json',
    '/etc/passwd',
    '/index.html.map',
  ],
])('in production %s is not served', async (target) => {
  const { status, text } = await ask(target);
  expect([target, notServed(status)]).toEqual([target, true]);
  expect(text).not.toMatch(/"dependencies"|create table|root:x:|sha384-|\[core\]/);
});

test.each([
  '/@vite/client',
  '/@fs/etc/passwd',
  '/@id/astro',
  '/__open-in-editor',
  '/node_modules/astro/package.json',
  '/_image?href=/etc/passwd',
  '/_server-islands/x',
  '/_actions/x',
])('in production there is nothing of development at %s', async (target) => {
  const { status, text } = await ask(target);
  expect([target, status >= 400 && status < 500]).toEqual([target, true]);
  expect(text).not.toMatch(/vite|root:x:|"version"/);
});

test.each([
  '/dataset/latest/',
  '/dataset/snapshots/',
  '/_astro/',
  '/browse/',
  '/feeds/',
  '/schema/',
  '/cards/',
  '/sitemap/',
])('in production the files below %s are not listed', async (folder) => {
  const { status, text } = await ask(folder);
  // A page of ours may be there; a list that a server makes of a folder is none.
  expect([folder, notServed(status) || status === 301 || text.includes('</html>')]).toEqual([folder, true]);
  expect(text).not.toMatch(/Index of|Directory listing/i);
  expect(text).not.toMatch(/href="[^"/]+\.(?:parquet|ndjson|css|js)"/);
});

test('in production TRACE gives nothing back', async () => {
  for (const target of ['/', '/api/me', '/dataset/latest/manifest.json']) {
    const { status, text } = await ask(target, 'TRACE');
    expect([target, status]).toEqual([target, 405]);
    expect(text).not.toContain('TRACE /');
  }
});

test.each(['/metrics', '/api/metrics', '/healthz', '/debug', '/server-status', '/status.json'])(
  'in production nothing is measured in public at %s',
  async (target) => {
    const { status, text } = await ask(target);
    expect([target, status]).toEqual([target, 404]);
    expect(text).not.toMatch(/process_|nodejs_|# HELP/);
  },
);

test.each([
  '/',
  '/nowhere',
  '/api/me',
  '/api/nothing',
  '/api/%',
  '/dataset/latest/manifest.json',
  '/mine',
  '/_astro/none.js',
])('in production %s names no version of what serves it', async (target) => {
  const { headers, text } = await ask(target);
  expect(headers).not.toHaveProperty('server');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(text).not.toMatch(/<meta name="generator"|node\.js\/|astro v\d|postgresql \d/i);
});
