import { join } from 'node:path';
import { z } from 'zod';
import { type Entry, entriesIn, entryAt } from '../../copy/entries.ts';
import { readRecords } from '../../copy/rows.ts';
import { groundOf, type Survey } from '../../copy/survey.ts';
import { JobFailure } from '../../failure.ts';
import type { Aside, Ground, Task } from './found.ts';
import { obscure } from './lines.ts';
import { link, wholeTask } from './sessions.ts';

const identity = z.looseObject({ gist_id: z.string(), gist_version: z.string() });

/** What a snapshot's folder is called. */
const snapshotName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;

/** Snapshots that list what may not stay. Never the one that `latest` leads to. */
export async function* snapshotTasks(
  copy: string,
  current: string,
  survey: Survey,
  aside: Aside,
): AsyncGenerator<Task> {
  for (const entry of entriesIn(copy, 'snapshots')) {
    if (entry.name === current) continue;
    if (entry.kind === 'link') {
      yield await wholeTask(copy, entry, null, link, 'snapshots');
      continue;
    }
    if (entry.kind !== 'folder' || !snapshotName.test(entry.name)) {
      aside.obstacle(obscure(entry.path, 'is no snapshot'));
      continue;
    }
    const listed = await firstGround(copy, entry, survey, aside.signal);
    if (listed !== null) yield await wholeTask(copy, entry, listed.gistId, listed.ground, 'snapshots');
  }
}

interface Listed {
  gistId: string | null;
  ground: Ground;
}

const unreadable: Listed = { gistId: null, ground: { kind: 'unreadable', reason: null, at: null } };

/** The first row that may not stay: one is enough. What cannot be read may list anybody. */
async function firstGround(
  copy: string,
  { path }: Entry,
  survey: Survey,
  signal: AbortSignal,
): Promise<Listed | null> {
  const rows = entryAt(copy, `${path}/submissions.ndjson`);
  if (rows?.kind !== 'file') return unreadable;
  try {
    for await (const { gist_id, gist_version } of readRecords(join(copy, rows.path), identity)) {
      signal.throwIfAborted();
      const ground = groundOf(survey, gist_id, gist_version);
      if (ground !== null) return { gistId: gist_id, ground };
    }
    return null;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof JobFailure) return unreadable;
    throw error;
  }
}
