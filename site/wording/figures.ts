export { bytesText } from '#domain/bytes-text.ts';

/** Thin, and never at the end of a line: https://en.wikipedia.org/wiki/Narrow_no-break_space */
const thinSpace = '\u202f';

/** A whole number with its thousands set apart by thin spaces, as ISO 80000-1 has it; four digits stay together. */
export function countText(count: number): string {
  const digits = String(count);
  return digits.length <= 4 ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, thinSpace);
}

/** A count and its noun: 1 file, 2 files. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A revision or hash as short as git shows it. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 });

/** A number as short as an axis needs it: 800, 2.5K, 1M. */
export function compactText(count: number): string {
  return compact.format(count);
}
