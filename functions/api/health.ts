import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { endpoint } from '../http/endpoint.ts';

/** GET /api/health: 200 when the database answers, else 503. */
export const health = endpoint({
  method: 'GET',
  who: 'anyone',
  input: z.object({}),
  async answer({ runtime }) {
    await runtime.database.query('select 1');
    return ok({ status: 200, body: { ok: true, database: runtime.database.kind } });
  },
});
