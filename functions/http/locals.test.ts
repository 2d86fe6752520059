import type { APIContext } from 'astro';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '#runtime/log.ts';
import { provideRuntime, type Runtime } from '#runtime/runtime.ts';
import { onRequest } from './locals.ts';

afterEach(() => provideRuntime(undefined as unknown as Runtime));

/** What a route answers, having passed `onRequest` without a database. */
async function answered(routePattern: string, path: string, response: () => Response): Promise<Response> {
  provideRuntime({
    siteUrl: 'https://index.test',
    production: true,
    standin: false,
    sessionSecret: 'x'.repeat(32),
    log: createLog('silent'),
  } as Runtime);
  const url = new URL(path, 'https://index.test');
  const request = new Request(url);
  const context = { url, request, routePattern, isPrerendered: false, locals: {} } as unknown as APIContext;
  const answer = await onRequest(context, async () => response());
  if (!(answer instanceof Response)) throw new Error('no answer');
  return answer;
}

const gist = '0123456789abcdef0123456789abcdef';
const faces: [string, string][] = [
  ['/sessions/[gist_id].md', `/sessions/${gist}.md`],
  ['/sessions/[gist_id]/card.png', `/sessions/${gist}/card.png`],
  ['/api/v1/sessions/[gist_id].json', `/api/v1/sessions/${gist}.json`],
];

test.each(faces)('%s is kept as long as it says', async (pattern, path) => {
  const headers = { 'cache-control': 'public, max-age=300' };
  const answer = await answered(pattern, path, () => new Response('x', { headers }));
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
});

test.each(faces)('nothing at %s is kept by nobody', async (pattern, path) => {
  const answer = await answered(pattern, path, () => new Response(null, { status: 404 }));
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('a page for one visitor is kept by nobody, though its address ends as those in Markdown do', async () => {
  const answer = await answered('/moderation/[gist_id]', '/moderation/x.md', () => new Response('x'));
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
