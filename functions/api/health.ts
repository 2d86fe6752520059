import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { checkReadiness } from '#sql/queries/readiness.ts';
import { endpoint } from '../http/endpoint.ts';

/** GET /api/health: 200 when the database answers and is migrated, else an error. */
export const health = endpoint({
  method: 'GET',
  who: 'anyone',
  input: z.object({}),
  async answer({ runtime }) {
    await checkReadiness(runtime.database);
    return ok({ status: 200, body: { ok: true, database: runtime.database.kind } });
  },
});
