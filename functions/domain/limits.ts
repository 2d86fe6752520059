/** How often somebody may ask: so many points in a window of so many seconds. A request costs one, or what its endpoint says. */
export interface Limit {
  points: number;
  seconds: number;
}

/**
 * Who is counted for what: an account for its writes, an address for everything that has no account. A write costs two
 * points at most, so that an account has 60 of any kind a minute, and twice that.
 */
export type LimitName = 'writes' | 'anonymous_writes' | 'sign_in' | 'reads';

export type Limits = Readonly<Record<LimitName, Limit>>;

/** Those of production. Signing in costs two: there and back. Behind one address may be a whole office. */
export const limits: Limits = {
  writes: { points: 240, seconds: 60 },
  anonymous_writes: { points: 60, seconds: 60 },
  sign_in: { points: 60, seconds: 60 },
  reads: { points: 1200, seconds: 60 },
};

/** Development's, where programs fill an index faster than people would. */
export const generousLimits: Limits = {
  writes: { points: 60_000, seconds: 60 },
  anonymous_writes: { points: 60_000, seconds: 60 },
  sign_in: { points: 60_000, seconds: 60 },
  reads: { points: 60_000, seconds: 60 },
};
