/**
 * Somebody else's text as one line that is what it looks like: without control and direction-changing characters,
 * cut to `most` UTF-16 units, which is how the schemas count.
 */
export function oneLine(text: string, most: number): string {
  const clean = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    // Format characters turn text around or hide in it; the joiner that holds emoji together stays.
    .replace(/(?!\u200d)\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean.length <= most) return clean;
  // Cut before a character, not inside one: some are two UTF-16 units long.
  const end = most - 1;
  const half = /[\ud800-\udbff]/.test(clean.charAt(end - 1)) ? 1 : 0;
  return `${clean.slice(0, end - half).trimEnd()}…`;
}
