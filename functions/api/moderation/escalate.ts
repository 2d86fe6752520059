import { z } from 'zod';
import { ok, type Refusal, refuse } from '#domain/result.ts';
import type { Database } from '#sql/db.ts';
import { escalate as recordEscalation } from '#sql/queries/escalations.ts';
import { listHistories } from '#sql/queries/history.ts';
import { findSubmission } from '#sql/queries/moves.ts';
import { endpoint } from '../../http/endpoint.ts';
import { freeText } from '../../http/free-text.ts';
import { escalationView } from './evidence-view.ts';
import { refuseStale, withWhoDecided } from './refuse-decision.ts';
import { readRevision } from './revision.ts';

/**
 * POST /api/moderation/{gist_id}/escalate {revision, note}: asks another moderator to look at that revision. It moves
 * nothing, and ends with the next decision or revision.
 */
export const escalate = endpoint({
  method: 'POST',
  who: 'moderator',
  input: z.object({ revision: readRevision, note: freeText }),
  form: {
    done: '/moderation',
    notice: () => 'escalated',
    refused: ({ params }) => `/moderation/${encodeURIComponent(params.gist_id ?? '')}`,
  },
  async answer({ params, input, member, runtime: { database } }) {
    const gistId = params.gist_id ?? '';
    const { revision, note } = input;
    const asked = { gistId, revision, accountId: member.accountId, note: note || null };
    const escalation = await recordEscalation(database, asked);
    if (!escalation) return whyNot(database, gistId, revision);
    return ok({ status: 200, body: { gist_id: gistId, escalated: escalationView(escalation) } });
  },
});

async function whyNot(database: Database, gistId: string, revision: string): Promise<Refusal> {
  const row = await findSubmission(database, gistId);
  if (!row) return refuse('not_found');
  if (row.revision !== revision) return refuseStale(row, revision);
  const refusal = refuse('invalid_state', { from: row.state, to: 'a case for another moderator' });
  return withWhoDecided(refusal, row, (await listHistories(database, [gistId])).get(gistId) ?? []);
}
