/** Longest title of a row, in characters. */
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
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(clean);
  return characters.length <= maxTitleLength
    ? clean
    : `${characters
        .slice(0, maxTitleLength - 1)
        .join('')
        .trimEnd()}…`;
}
