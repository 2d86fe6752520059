/**
 * A program for the machine of a rehearsal: asks for every file of the release at Caddy and at the site's own process, and
 * prints where they differ in status, headers or bytes. Exits with 1 when they do.
 *
 *   node testing-headers.ts SITE_URL PORT CLIENT_FOLDER
 */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { get as getOverTls } from 'node:https';

const [siteUrl = '', port = '', client = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Told {
  status: number;
  headers: Record<string, unknown>;
  sha256: string;
}

function ask(address: string, headers: Record<string, string>, method: string): Promise<Told> {
  const send = address.startsWith('https:') ? getOverTls : get;
  return new Promise((resolve, reject) => {
    send(address, { headers, method }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        // A refusal names its request.
        const text = Buffer.concat(chunks)
          .toString('latin1')
          .replace(/"request_id":"[^"]+"/, '');
        const sha256 = createHash('sha256').update(text, 'latin1').digest('hex');
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, sha256 });
      });
      answer.on('error', reject);
    }).on('error', reject);
  });
}

/** What belongs to a connection or a moment, or names one server's copy. */
const own = [
  'date',
  'connection',
  'keep-alive',
  'etag',
  'last-modified',
  'x-request-id',
  'alt-svc',
  'server',
  'via',
  'vary',
  'transfer-encoding',
];

/** What the two tell differently, each with both. */
function differences(caddy: Told, process: Told): string[] {
  const names = new Set([...Object.keys(caddy.headers), ...Object.keys(process.headers)]);
  const pairs: [string, unknown, unknown][] = [
    ['status', caddy.status, process.status],
    ['sha256', caddy.sha256, process.sha256],
    ...[...names]
      .filter((name) => !own.includes(name))
      .map((name): [string, unknown, unknown] => [name, caddy.headers[name], process.headers[name]]),
  ];
  return pairs
    .filter(([, one, other]) => one !== other)
    .map(([name, one, other]) => `${name}: Caddy ${one}, the site ${other}`);
}

/** Of the adapter, which serves files as Astro's server does: to HEAD it does not say how long they may be kept. */
const isKnown = (line: string, method: string, path: string) =>
  method === 'HEAD' &&
  path.startsWith('/_astro/') &&
  line.startsWith('cache-control: Caddy public, max-age=31536000');

const files = readdirSync(client, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(client.length));
const pages = files.flatMap((file) =>
  file.endsWith('/index.html') ? [file.replace(/\/index\.html$/, '') || '/'] : [],
);
const others = [
  '/nowhere',
  '/_astro/none.css',
  '/policy/',
  '/api/me',
  '/api/nowhere',
  '/dataset/snapshots/none/x.ndjson',
];
const asked = [...files, ...pages, ...others];
/** There are no bytes to ask for. */
const empty = new Set(files.filter((file) => statSync(client + file).size < 10));
const differing: string[] = [];
for (const path of asked) {
  for (const [method, headers] of [
    ['GET', {}],
    ['HEAD', {}],
    ['GET', { range: 'bytes=1-9' }],
    ['POST', {}],
  ] as const) {
    if ('range' in headers && empty.has(path)) continue;
    const [caddy, site] = await Promise.all([
      ask(siteUrl + path, headers, method),
      ask(`http://127.0.0.1:${port}${path}`, { ...headers, host: new URL(siteUrl).host }, method),
    ]);
    const told = differences(caddy, site).filter((line) => !isKnown(line, method, path));
    if (told.length > 0)
      differing.push(`${method} ${path} ${JSON.stringify(headers)}\n  ${told.join('\n  ')}`);
  }
}
say(`${asked.length} addresses asked, by GET, HEAD, a range and POST: ${differing.length} answers differ`);
for (const told of differing.slice(0, 10)) say(told);
process.exit(differing.length > 0 ? 1 : 0);
