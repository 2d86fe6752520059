import { z } from 'zod';
import { ok, refuse } from '#domain/result.ts';
import { findSubmission } from '#sql/queries/moves.ts';
import { endpoint } from '../../http/endpoint.ts';
import { caseViews } from './case-view.ts';

/** GET /api/moderation/{gist_id}: one submission in whatever state, as a moderator sees it. */
export const show = endpoint({
  method: 'GET',
  who: 'moderator',
  input: z.object({}),
  async answer({ params, member, runtime }) {
    const row = await findSubmission(runtime.database, params.gist_id ?? '');
    if (!row) return refuse('not_found');
    const [view] = await caseViews(runtime.database, [row], member, runtime.moderatorIds);
    return ok({ status: 200, body: view });
  },
});
