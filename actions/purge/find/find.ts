import { entryAt } from '../../copy/entries.ts';
import type { Survey } from '../../copy/survey.ts';
import type { Aside, Obstacle, Task } from './found.ts';
import { statusTasks } from './lines.ts';
import { outputTasks } from './outputs.ts';
import { leftoverTasks, sessionTasks, storeTasks } from './sessions.ts';
import { snapshotTasks } from './snapshots.ts';

/**
 * Everything in a copy that may not stay, path by path: what may be deleted whole first, so that there is room for writing
 * the rest anew. Looks at every name and line there is; follows no link. `current` is the id of the snapshot that stays.
 */
export async function* findTasks(
  copy: string,
  current: string,
  survey: Survey,
  aside: Aside,
): AsyncGenerator<Task> {
  for (const obstacle of obstacles(copy)) aside.obstacle(obstacle);
  yield* leftoverTasks(copy);
  yield* sessionTasks(copy, survey, aside);
  yield* storeTasks(copy, survey, aside);
  yield* snapshotTasks(copy, current, survey, aside);
  yield* statusTasks(copy, survey, aside);
  yield* outputTasks(copy, survey, aside);
}

const folders = ['sessions', 'store', 'sts', 'messages', 'parquet', 'snapshots', '.part'];

/** Where the copy has something else in the place of a folder: a link may lead anywhere, and is not followed. */
function obstacles(copy: string): Obstacle[] {
  const found: Obstacle[] = [];
  for (const name of folders) {
    const entry = entryAt(copy, name);
    if (entry === null || entry.kind === 'folder') continue;
    const what = entry.kind === 'link' ? 'a link, which is not followed' : 'no folder';
    found.push({
      path: name,
      sentence: `${name} is ${what}, so nobody has looked at what it should hold. Put the folder itself there.`,
    });
  }
  return found;
}
