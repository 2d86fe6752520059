/**
 * A program for the machine of a rehearsal: visitors who ask for pages and post, one request after the other each, until
 * the file END is there. Prints how many were answered how; exits with 1 when one was not, or with 5xx.
 *
 *   node testing-visitors.ts SITE_URL END
 */
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const [siteUrl = '', end = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const counts: Record<string, number> = {};
const failures: string[] = [];

const asked: readonly [path: string, method: string][] = [
  ['/', 'GET'],
  ['/submit', 'GET'],
  ['/api/health', 'GET'],
  // Signed in as nobody: refused, by the process that was asked.
  ['/api/submissions', 'POST'],
  ['/am-i-in-it?login=nobody', 'GET'],
  ['/api/me', 'GET'],
];

async function visit([path, method]: readonly [string, string]): Promise<string> {
  const body = method === 'POST' ? '{"gist_url":"x"}' : null;
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const send = () => fetch(new URL(path, siteUrl), { method, body, headers, redirect: 'manual' });
  // As browsers do, for forms too, where a kept connection was closed before there was any answer: Caddy closes idle ones
  // when its settings change.
  const answer = await send().catch((error: unknown) => {
    if (!(error instanceof Error && /other side closed|ECONNRESET/.test(String(error.cause)))) throw error;
    counts['sent again on a new connection'] = (counts['sent again on a new connection'] ?? 0) + 1;
    return send();
  });
  await answer.arrayBuffer();
  if (answer.status >= 500) failures.push(`${method} ${path}: ${answer.status}`);
  return `${method} ${path} ${answer.status}`;
}

await Promise.all(
  Array.from({ length: 6 }, async (_, visitor) => {
    for (let turn = visitor; !existsSync(end); turn++) {
      const what = asked[turn % asked.length] ?? ['/', 'GET'];
      const told = await visit(what).catch((error: unknown) => {
        failures.push(`${what.join(' ')}: ${error instanceof Error ? (error.cause ?? error) : error}`);
        return 'no answer';
      });
      counts[told] = (counts[told] ?? 0) + 1;
      await wait(40);
    }
  }),
);
for (const [told, count] of Object.entries(counts)) say(`${count} ${told}`);
for (const failure of failures.slice(0, 20)) say(`failed: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
