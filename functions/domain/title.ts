import { declarationFile } from './declaration.ts';
import { oneLine } from './one-line.ts';

/** Longest title of a row, in UTF-16 units, which is how its schema counts. */
export const maxTitleLength = 200;

/**
 * A row's title: the gist's description, else the name of its first file, the declaration aside. One line, without
 * control or direction-changing characters, capped. Nothing of a transcript ever gets in.
 */
export function rowTitle(description: string | null, files: readonly { name: string }[]): string {
  const first = files.find(({ name }) => name !== declarationFile) ?? files[0];
  return (
    oneLine(description ?? '', maxTitleLength) || oneLine(first?.name ?? '', maxTitleLength) || 'Untitled'
  );
}
