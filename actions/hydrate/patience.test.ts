import { expect, test } from 'vitest';
import type { Tally } from '../tally.ts';
import { copyOf, hydrate, outcomesOf, rowOf, statusOf } from './testing.ts';
import { type Behaviour, contentsOf, good, startHost } from './testing-host.ts';
import { quick } from './testing-input.ts';

const gists = Array.from({ length: 12 }, (_, i) => {
  const files = { 'a.txt': `content ${i}` };
  return { row: rowOf(`a${i.toString(16)}`, files), files };
});

async function world() {
  const host = await startHost(contentsOf(gists));
  return { host, copy: copyOf(gists.map(({ row }) => row)) };
}

/** The first `times` requests are limited. */
function limitedFor(times: number, status: number, headers: Record<string, string> = {}): Behaviour {
  let left = times;
  return (response, content, request) => {
    left -= 1;
    if (left < 0) good(response, content, request);
    else response.writeHead(status, headers).end();
  };
}

test.each<[number, Record<string, string>]>([
  [429, { 'retry-after': '0' }],
  [429, {}],
  [403, { 'retry-after': '0' }],
  [503, { 'retry-after': new Date(0).toUTCString() }],
])('a host that limits us with %i %j is waited for, and asked by fewer at once', async (status, headers) => {
  const { host, copy } = await world();
  host.behave('/', limitedFor(6, status, headers));
  const tallies: Tally[] = [];
  const { counts } = await hydrate(
    copy,
    host.origin,
    { patienceMs: 60_000 },
    { tally: (tally) => tallies.push(tally) },
  );
  expect(counts.ok).toBe(12);
  expect(host.asked).toHaveLength(18);
  expect(tallies.some(({ note }) => note?.includes('2 at once'))).toBe(true);
  expect(tallies.at(-1)).toMatchObject({ done: 12, total: 12, unit: 'gists' });
});

test('while the host wants to be left alone, nobody asks it', async () => {
  const { host, copy } = await world();
  let limitedAt = 0;
  const early: number[] = [];
  host.behave('/', (response, content, request) => {
    if (limitedAt === 0) {
      limitedAt = performance.now();
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    }
    const since = performance.now() - limitedAt;
    if (since < 990) early.push(since);
    good(response, content, request);
  });
  const { counts } = await hydrate(copy, host.origin, { patienceMs: 60_000, concurrency: 1 });
  expect(counts.ok).toBe(12);
  expect(early).toEqual([]);
});

test('a host that limits us for longer than is waited ends the run, which says when to go on', async () => {
  const { host, copy } = await world();
  host.behave('/', (response, content, request) => {
    if (host.asked.length <= 5) good(response, content, request);
    else response.writeHead(429, { 'retry-after': '3600' }).end();
  });
  const before = Date.now();
  const { counts, closed } = await hydrate(copy, host.origin, { patienceMs: 900_000, concurrency: 1 });
  expect(counts).toMatchObject({ ok: 5, rate_limited: 7 });
  expect(host.asked).toHaveLength(6);
  expect(closed?.kind === 'limited' && closed.againAt >= before + 3_600_000).toBe(true);
  expect(statusOf(copy)[11]?.why).toBe('The raw host limits how much we may ask. The next run goes on.');
  host.behave('/', good);
  host.asked.length = 0;
  expect((await hydrate(copy, host.origin)).counts.ok).toBe(12);
  expect(host.asked).toHaveLength(7);
});

test('what is here counts even when the host is asked no more', async () => {
  const { host, copy } = await world();
  host.behave('/a0/', (response) => void response.writeHead(429).end());
  host.behave('/ab/', good);
  await hydrate(copy, host.origin, { patienceMs: 0, concurrency: 1 });
  expect(new Set(outcomesOf(copy).map((line) => line.split(' ')[1]))).toEqual(new Set(['rate_limited']));
  host.behave('/', good);
  await hydrate(copy, host.origin);
  host.behave('/', (response) => void response.writeHead(429).end());
  expect((await hydrate(copy, host.origin)).counts.ok).toBe(12);
});

test('patience ends for a host that limits us for ever, a little at a time', async () => {
  const { host, copy } = await world();
  host.behave('/', (response) => void response.writeHead(429, { 'retry-after': '0' }).end());
  const { counts, closed } = await hydrate(copy, host.origin, { patienceMs: 100 });
  expect(counts.rate_limited).toBe(12);
  expect(closed?.kind).toBe('limited');
});

test('of a host that is down, not every file has to find out', async () => {
  const many = Array.from({ length: 100 }, (_, i) => rowOf(`b${i.toString(16)}`, { 'a.txt': `${i}` }));
  const host = await startHost(
    new Map(many.map(({ files }) => [files[0]?.git_blob_sha ?? '', Buffer.from('')])),
  );
  host.behave('/', (response) => void response.writeHead(500).end());
  const copy = copyOf(many);
  const { counts, closed } = await hydrate(copy, host.origin, {}, { limits: { ...quick, attempts: 2 } });
  expect(counts.error).toBe(100);
  expect(closed).toEqual({ kind: 'down', why: 'The host answers 500.' });
  expect(host.asked.length).toBeLessThan(60);
});
