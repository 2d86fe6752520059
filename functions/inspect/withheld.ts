import type { Gist, GistFile } from '#domain/gist.ts';
import { gistToDescribe } from '#domain/inspected-row.ts';
import type { Inspection } from '#domain/inspection.ts';
import type { Submission } from '#domain/move.ts';
import { rowTitle } from '#domain/title.ts';
import { scanText } from './secrets/scan-text.ts';

/** What a row shows of its gist from now on. */
export interface Shown {
  title: string;
  files: GistFile[];
}

/**
 * What a row shows when something in its title or its files' names may no longer be shown, by an inspection of the
 * revision it stands at; null when it may show what it does. A description edited since is never taken for the title:
 * nobody has read it.
 */
export async function withheld(row: Submission, gist: Gist, inspection: Inspection): Promise<Shown | null> {
  const { description, files } = gistToDescribe(gist, inspection);
  const isName = row.title === rowTitle(null, gist.files);
  const stays =
    !isName && (row.title === rowTitle(description, files) || (await scanText(row.title)).length === 0);
  const title = stays ? row.title : rowTitle(null, files);
  const asBefore = title === row.title && files.every(({ name }, i) => name === row.files[i]?.name);
  return asBefore ? null : { title, files };
}
