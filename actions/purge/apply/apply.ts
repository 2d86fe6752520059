import type { Survey } from '../../copy/survey.ts';
import { diskSentence } from '../../disk-sentence.ts';
import { JobFailure } from '../../failure.ts';
import type { Obstacle, Task } from '../find/found.ts';
import { remove } from './remove.ts';
import { rewriteLines } from './rewrite-lines.ts';
import { rewriteRows } from './rewrite-rows.ts';

/** Does a task. What the disk has against it is told, so that the others can be done. */
export async function apply(
  copy: string,
  task: Task,
  survey: Survey,
  signal: AbortSignal,
): Promise<Obstacle | null> {
  const { path, what, found } = task;
  try {
    if (what === 'all') await remove(copy, path);
    else if (what === 'rows') await rewriteRows(copy, path, survey, signal);
    else await rewriteLines(copy, path, found[0]?.place ?? 'messages', survey, signal);
    return null;
  } catch (error) {
    signal.throwIfAborted();
    const sentence = error instanceof JobFailure ? error.message : diskSentence(error);
    if (sentence === null) throw error;
    return { path, sentence };
  }
}
