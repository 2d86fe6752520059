import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { endpoint } from '../../http/endpoint.ts';
import { makeOwnMove, movedView, planOwnMove } from './own.ts';

/** POST /api/submissions/{gist_id}/withdraw: the owner takes it back. Asks nobody, GitHub included. */
export const withdraw = endpoint({
  method: 'POST',
  who: 'member',
  input: z.object({}),
  form: { done: '/mine', refused: '/mine', notice: () => 'withdrawn' },
  async answer({ params, member, runtime }) {
    const moved = await makeOwnMove(runtime.database, member, params.gist_id ?? '', (row) =>
      planOwnMove(row, member, 'withdraw'),
    );
    return moved.ok ? ok({ status: 200, body: movedView(moved.value) }) : moved;
  },
});
