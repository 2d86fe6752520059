import { FlagError } from '../flags.ts';

/** A whole number given by a flag, at most nine digits long. Throws FlagError. */
export function readWhole(name: string, text: string, unit: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new FlagError(`${name} must be a whole number of ${unit}.`);
  return Number(text);
}

/** The same from 1, to `most`. Throws FlagError. */
export function readFromOne(name: string, text: string, most: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new FlagError(`${name} must be a whole number from 1 to ${most}.`);
  return number;
}
