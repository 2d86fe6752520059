import { z } from 'zod';
import type { Submission } from '#domain/move.ts';
import { ok, refuse } from '#domain/result.ts';
import { endpoint } from '../../http/endpoint.ts';
import { freeText } from '../../http/free-text.ts';
import { makeOwnMove, movedView, planOwnMove } from './own.ts';

/** A rejection of a revision may be answered once. */
export function mayAppeal(row: Submission): boolean {
  return row.appealedRevision !== row.revision;
}

/**
 * POST /api/submissions/{gist_id}/appeal {text}: the owner answers a rejection, and it is pending again; or a removal, which
 * stands until a moderator has decided about the answer.
 */
export const appeal = endpoint({
  method: 'POST',
  who: 'member',
  input: z.object({
    text: freeText.pipe(z.string().min(1, 'write what the moderators should know')),
  }),
  form: { done: '/mine', refused: '/mine', notice: () => 'appealed' },
  async answer({ params, input, member, runtime }) {
    const moved = await makeOwnMove(runtime.database, member, params.gist_id ?? '', (row) => {
      if (row?.state === 'removed') return planOwnMove(row, member, 'object', { note: input.text });
      const planned = planOwnMove(row, member, 'appeal', {
        changes: { appealedRevision: row?.revision ?? null },
        note: input.text,
      });
      if (planned.ok && row && !mayAppeal(row)) {
        return refuse('invalid_state', {
          from: 'rejected',
          to: 'pending',
          because: 'this revision’s one answer was given',
        });
      }
      return planned;
    });
    return moved.ok ? ok({ status: 200, body: movedView(moved.value) }) : moved;
  },
});
