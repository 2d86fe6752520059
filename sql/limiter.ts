import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limit, LimitName, Limits } from '#domain/limits.ts';
import type { Database, DatabaseLog } from './db.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

/** What became of a request that was counted. */
export interface Counted {
  name: LimitName;
  limit: Limit;
  /** False: it is one too many. */
  allowed: boolean;
  /** Points left in this window. */
  remaining: number;
  /** Seconds until the next window begins, 1 at least. */
  seconds: number;
}

export interface Limiter {
  /** Counts a request of `key`, who is an account or an address in a form that may be stored. Never throws. */
  count(name: LimitName, key: string, points: number): Promise<Counted>;
}

type Counter = RateLimiterMemory | RateLimiterPostgres;

/**
 * Counts requests in the table `rate_limit`, for all processes of the site together; reads, which are many and cost
 * little, in this process alone. While the table cannot be had all are counted here, so that no request fails for that.
 */
export function createLimiter(database: Database, limits: Limits, log: DatabaseLog): Limiter {
  const storeClient = {
    query: ({ text, values }: { text: string; values: readonly unknown[] }) =>
      database.query(text, values).catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        // A database that is away is told of by whoever asks it for more than this.
        if (!isDatabaseUnavailable(error)) log.warn({ code }, 'a request was counted in memory alone');
        throw error;
      }),
  };
  const inMemory = (name: LimitName) =>
    new RateLimiterMemory({ keyPrefix: name, points: limits[name].points, duration: limits[name].seconds });
  const stored = (name: LimitName) =>
    new RateLimiterPostgres({
      storeClient,
      storeType: 'client',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: name,
      points: limits[name].points,
      duration: limits[name].seconds,
      // Who has used up a window is refused without asking the database again.
      inMemoryBlockOnConsumed: limits[name].points + 1,
      insuranceLimiter: inMemory(name),
    });
  const counters: Record<LimitName, Counter> = {
    writes: stored('writes'),
    anonymous_writes: stored('anonymous_writes'),
    sign_in: stored('sign_in'),
    reads: inMemory('reads'),
  };
  return {
    async count(name, key, points) {
      const limit = limits[name];
      const consumed = await consumeInWindow(counters[name], key, points, limit.seconds * 1000);
      const seconds = Math.min(Math.max(Math.ceil(consumed.ms / 1000), 1), limit.seconds);
      return { name, limit, allowed: consumed.allowed, remaining: consumed.remaining, seconds };
    },
  };
}

interface Consumed {
  allowed: boolean;
  remaining: number;
  /** Milliseconds until the next window. */
  ms: number;
}

/** A window that ends later than one can was begun before the clock went back, and would keep somebody out until then. */
async function consumeInWindow(counter: Counter, key: string, points: number, ms: number): Promise<Consumed> {
  const consumed = await consume(counter, key, points);
  if (consumed.ms <= ms) return consumed;
  await counter.delete(key);
  return consume(counter, key, points);
}

async function consume(counter: Counter, key: string, points: number): Promise<Consumed> {
  try {
    const { remainingPoints, msBeforeNext } = await counter.consume(key, points);
    return { allowed: true, remaining: remainingPoints, ms: msBeforeNext };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { allowed: false, remaining: 0, ms: refused.msBeforeNext };
  }
}
