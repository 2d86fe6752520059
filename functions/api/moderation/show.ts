import { z } from 'zod';
import type { Member } from '#domain/account-session.ts';
import type { Submission } from '#domain/move.ts';
import type { Sort } from '#domain/queue.ts';
import { ok, refuse } from '#domain/result.ts';
import type { Database } from '#sql/db.ts';
import { listInspections } from '#sql/queries/inspections.ts';
import { findSubmission } from '#sql/queries/moves.ts';
import { listQueue, queuePlace } from '#sql/queries/queue.ts';
import { endpoint } from '../../http/endpoint.ts';
import { inspectionView } from '../inspection-view.ts';
import { filesView } from '../submission-view.ts';
import { caseViews } from './case-view.ts';

/** GET /api/moderation/{gist_id}: one submission in whatever state, as a moderator sees it. */
export const show = endpoint({
  method: 'GET',
  who: 'moderator',
  input: z.object({}),
  async answer({ params, member, runtime }) {
    const row = await findSubmission(runtime.database, params.gist_id ?? '');
    // Of a row whose owner erased their account nothing is left to look at.
    if (!row || row.ownerId === null) return refuse('not_found');
    const inspections = await listInspections(runtime.database, [row.gistId]);
    const [view] = await caseViews(runtime, [row], member);
    const body = {
      ...view,
      ...inspectionView(inspections.get(row.gistId)),
      approved_files: approvedFilesView(row),
      position: {
        previous: await neighbour(runtime.database, row, member, 'newest'),
        next: await neighbour(runtime.database, row, member, 'oldest'),
      },
    };
    return ok({ status: 200, body });
  },
});

function approvedFilesView(row: Submission): Record<string, unknown>[] | null {
  return row.approvedRevision === row.revision ? null : row.approvedFiles && filesView(row.approvedFiles);
}

/** The gist beside this row in the whole queue, whether or not the row itself waits in it. */
async function neighbour(
  database: Database,
  row: Submission,
  { githubId }: Member,
  sort: Sort,
): Promise<string | null> {
  const everything = { waiting: null, agent: null, flag: null, ownerId: githubId };
  const page = { sort, after: queuePlace(row, sort), limit: 1 };
  const [beside] = await listQueue(database, everything, page);
  return beside?.gistId ?? null;
}
