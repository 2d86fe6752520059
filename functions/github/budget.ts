/** What GitHub counts apart: REST and GraphQL. https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api */
type Resource = 'core' | 'graphql';

/** The requests GitHub lets us make, as its answers tell of them. */
export interface Budget {
  /** Requests answered so far. */
  readonly calls: number;
  /** Seconds until there is something to spend again; null while there is. */
  spentFor(resource: Resource): number | null;
  /** Asks one thing that may cost of the reserve, because it decides about all the work that is done. */
  fromReserve<T>(ask: () => Promise<T>): Promise<T>;
  /** Takes what an answer says of the budget. */
  heard(resource: Resource, headers: Headers): void;
  /** What is left of each, as of the last answers. */
  left(): Partial<Record<Resource, number>>;
}

interface Standing {
  limit: number;
  remaining: number;
  /** Epoch milliseconds. */
  resetAt: number;
}

/** Counts what is spent. `reserve` is the share of the hour's REST requests that is left for somebody else; `now` gives milliseconds. */
export function createBudget({ reserve, now }: { reserve: number; now: () => number }): Budget {
  const standings = new Map<Resource, Standing>();
  let calls = 0;
  let kept = reserve;
  return {
    get calls() {
      return calls;
    },
    spentFor(resource) {
      const standing = standings.get(resource);
      if (!standing || standing.resetAt <= now()) return null;
      const left = standing.remaining - (resource === 'core' ? Math.floor(standing.limit * kept) : 0);
      return left > 0 ? null : Math.ceil((standing.resetAt - now()) / 1000);
    },
    async fromReserve(ask) {
      kept = 0;
      try {
        return await ask();
      } finally {
        kept = reserve;
      }
    },
    heard(resource, headers) {
      calls += 1;
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((part) =>
        Number(headers.get(`x-ratelimit-${part}`) ?? Number.NaN),
      ) as [number, number, number];
      if (Number.isNaN(limit + remaining + reset)) return;
      standings.set(resource, { limit, remaining, resetAt: reset * 1000 });
    },
    left: () => Object.fromEntries([...standings].map(([resource, { remaining }]) => [resource, remaining])),
  };
}
