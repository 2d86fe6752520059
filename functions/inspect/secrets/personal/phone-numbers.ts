import type { Mention } from '../personal.ts';

const number = /\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){1,4}(?![\w+/=:]|\.\d)/y;

/**
 * International numbers, `+49 30 …` (E.164: at most 15 digits), written with gaps, or of at least 10 digits. One at a
 * line's beginning is rather a line of a diff, and 555 is nobody's.
 */
export function phoneNumbers(text: string, from: number, to: number): Mention[] {
  const found: Mention[] = [];
  for (let at = text.indexOf('+', from); at >= 0 && at < to; at = text.indexOf('+', at + 1)) {
    if (!/[\s"'(:,>[]/.test(text[at - 1] ?? '\n') || text[at - 1] === '\n') continue;
    number.lastIndex = at;
    const value = number.exec(text)?.[0];
    if (value === undefined) continue;
    const digits = value.replace(/\D/g, '');
    const grouped = (value.match(/[ .()-]/g)?.length ?? 0) >= 2;
    if (digits.length < (grouped ? 8 : 10) || digits.length > 15) continue;
    if (/555|123456|(\d)\1{4}/.test(digits)) continue;
    found.push({ value, start: at });
  }
  return found;
}
