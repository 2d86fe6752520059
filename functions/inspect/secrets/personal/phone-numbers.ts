import type { Mention } from './mention.ts';

const number = /\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){1,4}(?![\w+/=:]|\.\d)/y;

/**
 * International numbers, `+49 30 …` (E.164: at most 15 digits), written with gaps, or of at least 10 digits. One at a
 * line's beginning is rather a line of a diff, and 555 is nobody's.
 */
export function phoneNumberAt(text: string, bytes: Uint8Array, at: number): Mention | null {
  const digit = bytes[at + 1] ?? 0;
  if (digit < 0x31 || digit > 0x39 || !/[ \t"'(:,>[]/.test(text[at - 1] ?? '')) return null;
  number.lastIndex = at;
  const value = number.exec(text)?.[0];
  if (value === undefined) return null;
  const digits = value.replace(/\D/g, '');
  const grouped = (value.match(/[ .()-]/g)?.length ?? 0) >= 2;
  if (digits.length < (grouped ? 8 : 10) || digits.length > 15) return null;
  return /555|123456|(\d)\1{4}/.test(digits) ? null : { value, start: at };
}
