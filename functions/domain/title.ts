/** Longest title of a row, in UTF-16 units, which is how its schema counts. */
export const maxTitleLength = 200;

/**
 * A row's title: the gist's description, else its first file's name. One line, without control or direction-changing
 * characters, capped. Nothing of a transcript ever gets in.
 */
export function rowTitle(description: string | null, files: readonly { name: string }[]): string {
  return oneLine(description ?? '') || oneLine(files[0]?.name ?? '') || 'Untitled';
}

function oneLine(text: string): string {
  const clean = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    // Format characters turn text around or hide in it; the joiner that holds emoji together stays.
    .replace(/(?!\u200d)\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean.length <= maxTitleLength) return clean;
  // Cut before a character, not inside one: some are two UTF-16 units long.
  const end = maxTitleLength - 1;
  const half = /[\ud800-\udbff]/.test(clean.charAt(end - 1)) ? 1 : 0;
  return `${clean.slice(0, end - half).trimEnd()}…`;
}
