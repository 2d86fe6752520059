/** Made-up values, the same ones for the same seed. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** `length` characters of an alphabet. */
  of(alphabet: string, length: number): string;
}

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

export const alphabets = {
  digits,
  lower,
  upper,
  letters: upper + lower,
  hex: '0123456789abcdef',
  base32: `${upper}234567`,
  base36: lower + digits,
  upper36: upper + digits,
  base62: upper + lower + digits,
  url: `${upper}${lower}${digits}-_`,
  base64: `${upper}${lower}${digits}+/`,
} as const;

/** mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function openRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    of: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
  };
}
