import type { Manifest } from './snapshot.ts';

/** A file's name in a snapshot: nothing that leads to another folder. */
const name = /^[A-Za-z0-9][\w.-]*$/;

/** The names of a snapshot's files, its manifest and sums included; null where one is no name for a file. */
export function fileNames({ files }: Pick<Manifest, 'files'>): string[] | null {
  const names = [...Object.keys(files), 'manifest.json', 'SHA256SUMS'];
  return names.every((one) => name.test(one)) ? names : null;
}
