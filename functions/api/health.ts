import { z } from 'zod';
import { ok, refuse } from '#domain/result.ts';
import { checkReadiness } from '#sql/queries/readiness.ts';
import { endpoint } from '../http/endpoint.ts';

/** GET /api/health/live: 200 while this process answers at all. Who runs it starts it anew otherwise. */
export const live = endpoint({
  method: 'GET',
  who: 'anyone',
  input: z.object({}),
  answer: async () => ok({ status: 200, body: { ok: true } }),
});

/**
 * GET /api/health/ready, and /api/health: 200 when the database answers and is migrated. 503 where it does not, or once
 * this process was told to end: a proxy sends visitors to another one.
 */
export const ready = endpoint({
  method: 'GET',
  who: 'anyone',
  input: z.object({}),
  async answer({ runtime }) {
    if (runtime.isDraining()) return refuse('draining', { retry_after: 5 });
    await checkReadiness(runtime.database);
    return ok({ status: 200, body: { ok: true, database: runtime.database.kind } });
  },
});
