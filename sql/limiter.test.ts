import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Limits } from '#domain/limits.ts';
import type { Database } from './db.ts';
import { createLimiter } from './limiter.ts';
import { openDatabase } from './open.ts';
import { freshDatabase, silent } from './testing.ts';

const few = { points: 5, seconds: 60 };
const limits: Limits = { writes: few, anonymous_writes: few, sign_in: few, reads: few };

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());
afterEach(() => vi.useRealTimers());

const limiter = (database: Database = fresh.as.site.db) => createLimiter(database, limits, silent);
const allowedOf = async (counts: Promise<{ allowed: boolean }>[]) =>
  (await Promise.all(counts)).filter(({ allowed }) => allowed).length;

test('two processes of the site count together, and exactly', async () => {
  const [one, two] = [limiter(), limiter()];
  const counts = Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).count('writes', 'ada', 1));
  expect(await allowedOf(counts)).toBe(5);
});

test('what is left, and until when, is told', async () => {
  const counting = limiter();
  expect(await counting.count('writes', 'told', 2)).toMatchObject({ allowed: true, remaining: 3 });
  await counting.count('writes', 'told', 2);
  const { allowed, remaining, seconds } = await counting.count('writes', 'told', 2);
  expect({ allowed, remaining }).toEqual({ allowed: false, remaining: 0 });
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
});

test('each limit is counted for itself, and each key', async () => {
  const counting = limiter();
  for (let i = 0; i < 5; i++) await counting.count('writes', 'grace', 1);
  expect((await counting.count('writes', 'grace', 1)).allowed).toBe(false);
  expect((await counting.count('sign_in', 'grace', 1)).allowed).toBe(true);
  expect((await counting.count('writes', 'alan', 1)).allowed).toBe(true);
});

test('the next window begins anew', async () => {
  const counting = limiter();
  for (let i = 0; i < 6; i++) await counting.count('writes', 'later', 1);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
  expect((await counting.count('writes', 'later', 1)).allowed).toBe(true);
});

test('a clock that goes back an hour keeps nobody out for an hour', async () => {
  const counting = limiter();
  for (let i = 0; i < 6; i++) await counting.count('writes', 'back', 1);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  expect(await counting.count('writes', 'back', 1)).toMatchObject({ allowed: true, remaining: 4 });
});

test('while the database is away requests are counted all the same', async () => {
  const away = await openDatabase({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing', log: silent });
  const counting = limiter(away);
  const counts = Array.from({ length: 20 }, () => counting.count('writes', 'ada', 1));
  expect(await allowedOf(counts)).toBe(5);
  await away.close();
});

test('a table that is not there is told of, and fails no request', async () => {
  const lines: string[] = [];
  const log = { info: () => undefined, warn: (_: object, message: string) => void lines.push(message) };
  const without = { ...fresh.db, query: () => fresh.db.query<never>('select 1 from nothing') };
  expect((await createLimiter(without, limits, log).count('writes', 'x', 1)).allowed).toBe(true);
  expect(lines).toEqual([expect.stringContaining('counted in memory')]);
});
