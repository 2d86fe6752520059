import { z } from 'zod';
import { decisions, needsReason, reasonIds } from '#domain/moderation.ts';
import { ok } from '#domain/result.ts';
import { states } from '#domain/submission.ts';
import { blankIsAbsent } from '../../http/blank.ts';
import { endpoint } from '../../http/endpoint.ts';
import { freeText } from '../../http/free-text.ts';
import { movedView } from '../submissions/own.ts';
import { readRevision } from './revision.ts';
import { takeDecision } from './take-decision.ts';

const input = z
  .object({
    decision: z.enum(decisions, `it must be one of ${decisions.join(', ')}`),
    revision: readRevision,
    state: z.preprocess(blankIsAbsent, z.enum(states, 'it is not a state').optional()),
    reason: z.preprocess(
      blankIsAbsent,
      z.enum(reasonIds, `it must be one of ${reasonIds.join(', ')}`).nullish(),
    ),
    note: freeText,
  })
  .refine(({ decision, reason }) => !needsReason(decision) || reason != null, {
    path: ['reason'],
    message: `a rejection or removal needs one of ${reasonIds.join(', ')}`,
  });

/**
 * POST /api/moderation/{gist_id} {decision, revision, state, reason, note}: a moderator decides about that revision, and,
 * where they say in which state they read it, only while it stands there.
 */
export const decide = endpoint({
  method: 'POST',
  who: 'moderator',
  input,
  form: {
    done: '/moderation',
    notice: ({ decision }) => decision,
    refused: ({ params }) => `/moderation/${encodeURIComponent(params.gist_id ?? '')}`,
  },
  async answer({ params, input: wanted, member, runtime }) {
    const decided = await takeDecision(runtime, member, params.gist_id ?? '', wanted);
    return decided.ok ? ok({ status: 200, body: movedView(decided.value) }) : decided;
  },
});
