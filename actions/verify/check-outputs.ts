import { readRows } from '../copy/rows.ts';
import type { Survey } from '../copy/survey.ts';
import { findTasks } from '../purge/find/find.ts';
import type { Obstacle } from '../purge/find/found.ts';
import { reportFound } from './collect.ts';
import type { Report } from './finding.ts';

/** Reports whatever may not stay, wherever it is in the copy, and outputs that hold sessions which are not listed. */
export async function checkDepartures(
  copy: string,
  current: { id: string; folder: string },
  survey: Survey,
  report: Report,
  signal: AbortSignal,
): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = [];
  /** In outputs, and not among the sessions that are here: files they are in, by gist. */
  const doubtful = new Map<string, Set<string>>();
  const aside = {
    met(gistId: string, path: string) {
      if (survey.revisions.has(gistId)) return;
      const paths = doubtful.get(gistId);
      if (paths === undefined) doubtful.set(gistId, new Set([path]));
      else paths.add(path);
    },
    obstacle: (one: Obstacle) => void obstacles.push(one),
    signal,
  };
  for await (const task of findTasks(copy, current.id, survey, aside)) {
    // Links among sessions and in the store are reported where those are looked at.
    const isSeen = task.found.some(
      ({ kind, place }) => kind === 'link' && /^(?:sessions|store)$/.test(place),
    );
    if (!isSeen) for (const found of task.found) reportFound(found, report);
  }
  if (doubtful.size > 0) {
    for await (const row of readRows(current.folder)) doubtful.delete(row.gist_id);
  }
  for (const [gistId, paths] of doubtful) {
    for (const path of paths) report('unknown', path, gistId, 'it holds a session that is not listed');
  }
  return obstacles;
}
