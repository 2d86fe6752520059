import { expect, test } from 'vitest';
import type { Load } from '#runtime/load.ts';
import { unlessOverloaded } from './unless-overloaded.ts';

/** A process that has too much to do, and counts what it takes on. */
const full = { begin: () => false, end: () => undefined };

function ask(path: string, load: Load, accept: string, method = 'GET'): Promise<Response> {
  const request = new Request(new URL(path, 'https://index.test'), { method, headers: { accept } });
  return unlessOverloaded(request, { load }, async () => new Response('answered'));
}

test('a program is told that it is too much, and when to come back', async () => {
  const answer = await ask('/api/submissions', full, 'application/json', 'POST');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toMatchObject({
    code: 'overloaded',
    retry_after: 5,
    detail:
      'More is asked of this site just now than it can answer, so nothing was changed. Try again in 5 s.',
  });
});

test('a browser is told in a small page', async () => {
  const answer = await ask('/mine', full, 'text/html,application/xhtml+xml');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const page = await answer.text();
  expect(page).toContain('More is asked of this site just now');
  expect(page).not.toMatch(/<script|<style|style=/);
  expect(page.length).toBeLessThan(600);
});

test.each([['/api/health'], ['/api/health/live'], ['/api/health/ready']])(
  '%s is told all the same',
  async (path) => {
    expect((await ask(path, full, '*/*')).status).toBe(200);
  },
);

test('nothing but health counts as health', async () => {
  expect((await ask('/api/healthy', full, '*/*')).status).toBe(503);
  expect((await ask('/api/log?path=/api/health', full, '*/*')).status).toBe(503);
});

test('what was taken in is counted until it is answered, well or not', async () => {
  let open = 0;
  const load = { begin: () => ++open > 0, end: () => void open-- };
  const request = new Request('https://index.test/mine');
  const answer = () => unlessOverloaded(request, { load }, () => Promise.reject(new Error(`${open} open`)));
  await expect(answer()).rejects.toThrow('1 open');
  expect(open).toBe(0);
});
