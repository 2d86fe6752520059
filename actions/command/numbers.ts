import { FlagError } from '../flags.ts';

/** A whole number given by a flag, at most six digits long; null where the flag is not. Throws FlagError. */
export function readWhole(name: string, text: string | undefined, unit: string): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,6}$/.test(text)) throw new FlagError(`${name} must be a whole number of ${unit}.`);
  return Number(text);
}

/** The same from 1, to `most`. Throws FlagError. */
export function readFromOne(name: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new FlagError(`${name} must be a whole number from 1 to ${most}.`);
  return number;
}
