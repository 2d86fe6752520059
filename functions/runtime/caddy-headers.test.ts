import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faceHeaders } from '#domain/face-headers.ts';
import { caddyHeaders } from './caddy-headers.ts';
import { securityHeaders } from './security-headers.ts';

const security = securityHeaders({ scripts: ['sha384-abc'], gists: ['https://gists.test'] });
const lines = caddyHeaders(security);

/** What Caddy sends with an address, by the lines in their order. */
function headersAt(path: string): Record<string, string> {
  const fits = new Map<string, boolean>([['/_astro/*', path.startsWith('/_astro/')]]);
  const sent: Record<string, string> = {};
  for (const line of lines.split('\n')) {
    const [, matcher, pattern] = /^(@\w+) path_regexp \w+ `(.+)`$/.exec(line) ?? [];
    if (matcher && pattern) fits.set(matcher, new RegExp(pattern).test(path));
    const [, on, name, value] = /^header (?:([@/]\S+) )?([a-z-]+) `(.+)`$/.exec(line) ?? [];
    if (name && value && (on === undefined || fits.get(on))) sent[name] = value;
  }
  return sent;
}

const kept = { 'cache-control': 'public, max-age=0' };

test.each([
  ['/', 'text/html; charset=utf-8'],
  ['/privacy', 'text/html; charset=utf-8'],
  ['/404.html', 'text/html; charset=utf-8'],
  ['/_astro/Case.wCNnh02G.css', 'text/css; charset=utf-8'],
  ['/_astro/viewer.9.js', 'text/javascript; charset=utf-8'],
  ['/favicon.svg', 'image/svg+xml'],
  ['/robots.txt', 'text/plain; charset=utf-8'],
  ['/openagentsessions.tgz', 'application/octet-stream'],
  ['/browse/2026-11-22T06-00-00-000Z/cards.parquet', 'application/octet-stream'],
  ['/dataset/latest/SHA256SUMS', 'text/plain; charset=utf-8'],
  ['/dataset/latest/submissions.parquet', 'application/vnd.apache.parquet'],
  ['/dataset/snapshots/2026-11-22T06-00-00-000Z/changes.ndjson', 'application/x-ndjson; charset=utf-8'],
  ['/feed.xml', 'application/atom+xml; charset=utf-8'],
  ['/sitemap/pages.xml', 'application/xml'],
  ['/dataset/recipes/prove.py', 'text/plain; charset=utf-8'],
])('%s is %s, and has what start sends with it', (path, type) => {
  const cache = path.startsWith('/_astro/')
    ? { 'cache-control': 'public, max-age=31536000, immutable' }
    : kept;
  expect(headersAt(path)).toEqual({ ...security, ...cache, 'content-type': type, ...faceHeaders(path) });
});

test('a picture may be shown elsewhere, and nothing else', () => {
  expect(headersAt('/cards/dataset.png')['cross-origin-resource-policy']).toBe('cross-origin');
  expect(headersAt('/favicon.svg')['cross-origin-resource-policy']).toBe('same-origin');
});

test.each(['{file./etc/passwd}', 'a`b', 'a\nb'])('a value with %s is not written', (value) => {
  expect(() => caddyHeaders({ 'x-name': value })).toThrow('Caddy would take');
});

/** The lines that restart.sh does not take, of these. */
function refused(text: string): string {
  const script = readFileSync(new URL('../../docs/deploy/restart.sh', import.meta.url), 'utf8');
  const pattern = /--extended-regexp \\\n\s+'(.+)'/.exec(script)?.[1] ?? '';
  const grep = `grep --invert-match --extended-regexp '${pattern}' || true`;
  return execFileSync('bash', ['-c', grep], { input: text, encoding: 'utf8' });
}

test('the server takes these lines, and none that does something else', () => {
  expect(refused(lines)).toBe('');
  for (const line of [
    'root * /',
    'file_server browse',
    'reverse_proxy 127.0.0.1:1',
    'header x `{file./var/lib/caddy/key}`',
    'handle {',
    'import /etc/passwd',
    'header x y {',
  ])
    expect(refused(`${line}\n`)).toBe(`${line}\n`);
});
