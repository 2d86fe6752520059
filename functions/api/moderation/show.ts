import { z } from 'zod';
import { ok, refuse } from '#domain/result.ts';
import { listInspections } from '#sql/queries/inspections.ts';
import { findSubmission } from '#sql/queries/moves.ts';
import { endpoint } from '../../http/endpoint.ts';
import { inspectionView } from '../inspection-view.ts';
import { caseViews } from './case-view.ts';

/** GET /api/moderation/{gist_id}: one submission in whatever state, as a moderator sees it. */
export const show = endpoint({
  method: 'GET',
  who: 'moderator',
  input: z.object({}),
  async answer({ params, member, runtime }) {
    const row = await findSubmission(runtime.database, params.gist_id ?? '');
    if (!row) return refuse('not_found');
    const inspections = await listInspections(runtime.database, [row.gistId]);
    const [view] = await caseViews(runtime.database, [row], member, runtime.moderatorIds, inspections);
    return ok({ status: 200, body: { ...view, ...inspectionView(inspections.get(row.gistId)) } });
  },
});
