import type { GistFile } from './gist.ts';

/** A file that is not the same at two revisions. */
export interface FileChange {
  name: string;
  change: 'added' | 'removed' | 'edited';
}

/** The files that differ between two revisions of a gist, by the hashes git gives them: edited, added, removed. */
export function changedFiles(before: readonly GistFile[], after: readonly GistFile[]): FileChange[] {
  const was = new Map(before.map((file) => [file.name, file.gitBlobSha]));
  const is = new Set(after.map(({ name }) => name));
  const told = (files: readonly GistFile[], change: FileChange['change']): FileChange[] =>
    files.map(({ name }) => ({ name, change }));
  return [
    ...told(
      after.filter(({ name, gitBlobSha }) => was.has(name) && was.get(name) !== gitBlobSha),
      'edited',
    ),
    ...told(
      after.filter(({ name }) => !was.has(name)),
      'added',
    ),
    ...told(
      before.filter(({ name }) => !is.has(name)),
      'removed',
    ),
  ];
}
