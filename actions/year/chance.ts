/** Chance that comes the same way again from the same seed. */
export interface Chance {
  /** At least 0, less than 1. */
  number(): number;
  /** A whole number from 0, less than `below`. */
  below(below: number): number;
  /** True in this share of cases. */
  happens(share: number): boolean;
  /** One of these, or undefined where there are none. */
  pick<T>(from: readonly T[]): T | undefined;
  /** Gives each of these once, in an order of chance, before any comes again. */
  deck<T>(of: readonly T[]): () => T | undefined;
}

/** Mulberry32: small, and good enough to mix the acts of a year. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(number() * limit);
  return {
    number,
    below,
    happens: (share) => number() < share,
    pick: (from) => from[below(from.length)],
    deck<T>(of: readonly T[]) {
      let left: T[] = [];
      return () => {
        if (left.length === 0) left = [...of];
        return left.splice(below(left.length), 1)[0];
      };
    },
  };
}
