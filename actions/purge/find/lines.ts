import { join } from 'node:path';
import { type Entry, entriesOf, filesBelow } from '../../copy/entries.ts';
import { gistOfLine, type LineGist } from '../../copy/line-gist.ts';
import { rawLines } from '../../copy/raw-lines.ts';
import { groundOf, type Survey } from '../../copy/survey.ts';
import type { Aside, Found, Ground, Place, Task } from './found.ts';
import { link, wholeTask } from './sessions.ts';

/** Lines of `status*.ndjson` that tell of files which may not stay. */
export async function* statusTasks(copy: string, survey: Survey, aside: Aside): AsyncGenerator<Task> {
  for (const entry of await topFiles(copy)) {
    if (/^status(?:-[\w-]+)?\.ndjson$/.test(entry.name))
      yield* fileTasks(copy, entry, 'status', survey, aside);
  }
}

/** Lines of `sts/` or `messages/` that were made of sessions which may not stay. */
export async function* outputTasks(
  copy: string,
  place: 'sts' | 'messages',
  survey: Survey,
  aside: Aside,
): AsyncGenerator<Task> {
  for await (const entry of filesBelow(copy, place)) {
    if (entry.kind === 'file') yield* fileTasks(copy, entry, place, survey, aside);
    else yield await wholeTask(copy, entry, null, link, place);
  }
}

async function topFiles(copy: string): Promise<Entry[]> {
  return (await entriesOf(copy, '.'))
    .map((entry) => ({ ...entry, path: entry.name }))
    .filter(({ kind }) => kind === 'file');
}

async function* fileTasks(
  copy: string,
  entry: Entry,
  place: Place,
  survey: Survey,
  aside: Aside,
): AsyncGenerator<Task> {
  const found = new Map<string, Found>();
  let kept = 0;
  const judge = lineJudge(place, survey);
  for await (const line of rawLines(join(copy, entry.path))) {
    aside.signal.throwIfAborted();
    const { gistId, ground } = judge(line);
    if (ground === null) {
      kept += 1;
      if (gistId !== null && place !== 'status') aside.met(gistId, entry.path);
      continue;
    }
    const key = `${gistId} ${ground.kind}`;
    const one = found.get(key) ?? {
      place,
      path: entry.path,
      gist_id: gistId,
      lines: 0,
      bytes: 0,
      ...ground,
    };
    found.set(key, { ...one, lines: (one.lines ?? 0) + 1, bytes: one.bytes + line.length });
  }
  if (found.size === 0) return;
  const isAll = kept === 0 && place !== 'status';
  yield { path: entry.path, what: isAll ? 'all' : 'lines', found: [...found.values()] };
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
