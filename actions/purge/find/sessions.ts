import { bytesOf, type Entry, entriesIn, entriesOf, entryAt, filesBelow } from '../../copy/entries.ts';
import { heldBlobs, heldGists } from '../../copy/held.ts';
import { storedPath } from '../../copy/layout.ts';
import { groundOf, type Survey } from '../../copy/survey.ts';
import { isLeftover } from '../../export/output-folder.ts';
import type { Aside, Ground, Place, Task } from './found.ts';

/** Folders of gists that departed, and of revisions that are not listed any more. */
export async function* sessionTasks(copy: string, survey: Survey, { signal }: Aside): AsyncGenerator<Task> {
  const groups = new Set([...survey.gone.keys()].map((id) => id.slice(0, 2)));
  for await (const one of heldGists(copy, signal)) {
    if (one.kind === 'stranger') {
      const { entry, gistId } = one;
      const ground = gistId === null ? null : groundOf(survey, gistId, null);
      if (ground !== null) yield await wholeTask(copy, entry, gistId, ground);
      // A link in the place of many gists: what it leads to is not ours, the link is.
      else if (entry.kind === 'link' && gistId === null && groups.has(entry.name))
        yield await wholeTask(copy, entry, null, link);
      continue;
    }
    const ground = groundOf(survey, one.gistId, null);
    if (ground !== null) {
      const folder: Entry = { name: one.gistId, path: one.path, kind: 'folder' };
      yield await wholeTask(copy, folder, one.gistId, ground);
      continue;
    }
    for (const revision of one.revisions) {
      const older = groundOf(survey, one.gistId, revision.name);
      if (older !== null) yield await wholeTask(copy, revision, one.gistId, older);
    }
  }
}

const unlisted: Ground = { kind: 'unlisted', reason: null, at: null };
export const link: Ground = { kind: 'link', reason: null, at: null };

/** Stored bytes that nothing needs which is listed, and links among them. */
export async function* storeTasks(copy: string, survey: Survey, { signal }: Aside): AsyncGenerator<Task> {
  for (const sha of survey.spare) {
    const entry = entryAt(copy, storedPath(sha));
    if (entry !== null) yield await wholeTask(copy, entry, null, unlisted, 'store');
  }
  for await (const { sha, entry } of heldBlobs(copy, signal)) {
    if (sha === null && entry.kind === 'link') yield await wholeTask(copy, entry, null, link, 'store');
  }
}

/** What a run was making when it ended early, in `.part/` or beside it: nobody can tell of whom it is. */
export async function* leftoverTasks(copy: string): AsyncGenerator<Task> {
  const beside = entriesOf(copy, '.').filter(
    ({ name }) => name === '.fetch-removed' || isLeftover(name, ['.fetch-', '.latest-']),
  );
  const tops = beside.map((entry) => ({ ...entry, path: entry.name }));
  for (const entry of [...entriesIn(copy, '.part'), ...tops]) {
    if (await isEmpty(copy, entry)) continue;
    yield await wholeTask(copy, entry, null, { kind: 'leftover', reason: null, at: null }, 'leftovers');
  }
}

/** Folders alone tell of nobody. */
async function isEmpty(copy: string, { path, kind }: Entry): Promise<boolean> {
  if (kind !== 'folder') return false;
  for await (const _ of filesBelow(copy, path)) return false;
  return true;
}

/** That all of an entry has to go. */
export async function wholeTask(
  copy: string,
  entry: Entry,
  gistId: string | null,
  ground: Ground,
  place: Place = 'sessions',
): Promise<Task> {
  const bytes = await bytesOf(copy, entry);
  const found = { place, path: entry.path, gist_id: gistId, lines: null, bytes, ...ground };
  return { path: entry.path, what: 'all', found: [found] };
}
