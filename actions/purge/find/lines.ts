import { join } from 'node:path';
import { type Entry, entriesOf } from '../../copy/entries.ts';
import { gistOfLine, type LineGist } from '../../copy/line-gist.ts';
import { rawLines } from '../../copy/raw-lines.ts';
import { groundOf, type Survey } from '../../copy/survey.ts';
import type { Aside, Ground, Obstacle, Place, Task } from './found.ts';
import { partsOf } from './parts.ts';
import { link, wholeTask } from './sessions.ts';

/** Lines of `status*.ndjson` that tell of files which may not stay. */
export async function* statusTasks(copy: string, survey: Survey, aside: Aside): AsyncGenerator<Task> {
  for (const { name, kind } of entriesOf(copy, '.')) {
    if (!/^status(?:-[\w-]+)?\.ndjson$/.test(name)) continue;
    const entry = { name, kind, path: name };
    if (kind === 'link') yield await wholeTask(copy, entry, null, link, 'status');
    else if (kind !== 'file') aside.obstacle(obscure(name, 'is no file'));
    if (kind !== 'file') continue;
    const task = await linesTask(copy, entry, 'status', survey, aside);
    // It may be empty, but it is there.
    if (task !== null) yield { ...task, what: 'lines' };
  }
}

/** Lines of a file that were made of sessions which may not stay; null where there are none. */
export async function linesTask(
  copy: string,
  { name, path }: Entry,
  place: Place,
  survey: Survey,
  aside: Aside,
): Promise<Task | null> {
  const parts = partsOf(place, path);
  const judge = lineJudge(place, survey);
  let lines = 0;
  let named = 0;
  for await (const line of rawLines(join(copy, path))) {
    aside.signal.throwIfAborted();
    const { gistId, ground } = judge(line);
    lines += 1;
    if (gistId !== null) named += 1;
    if (ground !== null) {
      parts.goes(gistId, ground, line.length);
      continue;
    }
    parts.stays();
    if (gistId !== null && place !== 'status') aside.met(gistId, path);
  }
  if (lines > 0 && named === 0 && name !== 'README.md' && place !== 'status') {
    aside.obstacle(obscure(path, 'names no gist'));
  }
  return parts.task('lines');
}

/** What to say of a file among the outputs that does not say whose sessions it holds. */
export function obscure(path: string, why: string): Obstacle {
  const sentence = `${path} ${why}, so nobody can tell whose sessions it holds. Move it elsewhere, or make it again.`;
  return { path, sentence };
}

export interface LineVerdict {
  gistId: string | null;
  /** Why the line may not stay; null where it may. */
  ground: Ground | null;
}

/** Judges the lines of one file in their order: a line that names no gist belongs to the one before. */
export function lineJudge(place: Place, survey: Survey): (line: Buffer) => LineVerdict {
  let last: LineVerdict = { gistId: null, ground: null };
  return (line) => {
    const told = gistOfLine(line);
    if (told !== null) {
      const ground = isNothing(place, told)
        ? null
        : groundOf(survey, told.gist_id, told.gist_version ?? null);
      last = { gistId: told.gist_id, ground };
    } else if (place === 'status') last = { gistId: null, ground: null };
    return last;
  };
}

/** A line that tells that a gist is not here, and of none of its files. */
function isNothing(place: Place, { status, files }: LineGist): boolean {
  return place === 'status' && status !== 'ok' && (files ?? []).length === 0;
}
