import { filesBelow } from '../../copy/entries.ts';
import type { Survey } from '../../copy/survey.ts';
import type { Aside, Task } from './found.ts';
import { linesTask } from './lines.ts';
import { rowsTask } from './rows.ts';
import { link, wholeTask } from './sessions.ts';

/** Whatever was made of sessions that may not stay: lines, rows and whole files. */
export async function* outputTasks(copy: string, survey: Survey, aside: Aside): AsyncGenerator<Task> {
  for (const place of ['sts', 'messages', 'parquet'] as const) {
    for await (const entry of filesBelow(copy, place)) {
      if (entry.kind !== 'file') {
        yield await wholeTask(copy, entry, null, link, place);
        continue;
      }
      const look = entry.name.endsWith('.parquet') ? rowsTask : linesTask;
      const task = await look(copy, entry, place, survey, aside);
      if (task !== null) yield task;
    }
  }
}
