import type { Thread } from '#domain/conversation/conversation.ts';
import { droppedOf } from '#domain/conversation/dropped.ts';
import { type Provenance, provenance } from '#domain/conversation/provenance.ts';
import type { ListedRow } from '../../copy/listed-row.ts';
import { type FormatFolder, withoutSession } from './format-folder.ts';
import { type GistSession, gistSessions } from './gist-sessions.ts';
import type { Format, FormatWriter } from './open-format.ts';

/** A session of a gist, ready to be written. */
export interface Ready extends GistSession {
  /** Of the session, or of one of its conversations. */
  from(thread?: Thread): Provenance;
}

/** Makes a writer's `add`: each session is written, and what it lost is noted. `write` tells the files it wrote to. */
export function addEach(
  format: Format,
  folder: FormatFolder,
  write: (row: ListedRow, sessions: readonly Ready[]) => AsyncGenerator<string[]>,
): FormatWriter['add'] {
  return async (row, files) => {
    const { gist_id, record_id, gist_version } = row;
    const gist = { gist_id, record_id, gist_version };
    const found = await gistSessions(files);
    const ready = found.map((each, i): Ready => {
      const { file, session } = each;
      const branches = session.threads.reduce((sum, thread) => sum + thread.branches, 0);
      const from = (thread?: Thread) =>
        provenance(
          row,
          { file, session: i + 1, branches: thread?.branches ?? branches },
          (thread ?? session).derived,
        );
      return { ...each, from };
    });
    if (ready.length === 0)
      await folder.note({ ...gist, file: null, session: null, paths: [], dropped: withoutSession });
    let i = 0;
    for await (const paths of write(row, ready)) {
      const each = ready[i++];
      if (!each) return;
      const { file, session, problems } = each;
      await folder.note({ ...gist, file, session: i, paths, dropped: droppedOf(format, session, problems) });
    }
  };
}
