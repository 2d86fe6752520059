import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { judgeVitals, type Vitals } from '#domain/vitals.ts';
import type { Database } from '#sql/db.ts';
import { checkReadiness } from '#sql/queries/readiness.ts';
import { readVitals } from '#sql/queries/vitals.ts';
import { endpoint } from '../http/endpoint.ts';

/** However many ask, the database is asked for it once in so many milliseconds. */
const keptFor = 10_000;
const kept = new WeakMap<Database, { until: number; vitals: Promise<Vitals> }>();

/** GET /api/status: what was done last and what waits, each with whether it is late. */
export const status = endpoint({
  method: 'GET',
  who: 'anyone',
  input: z.object({}),
  async answer({ runtime: { database } }) {
    // What is kept would tell nothing of a database that has gone since.
    await checkReadiness(database);
    const vitals = await recentVitals(database);
    const now = new Date();
    const judged = judgeVitals(vitals, now).map(({ name, state, since, hours }) => [
      name,
      { state, since: since?.toISOString() ?? null, late_after_hours: hours },
    ]);
    return ok({
      status: 200,
      body: {
        at: now.toISOString(),
        snapshot_id: vitals.snapshot?.id ?? null,
        waiting: vitals.waiting,
        vitals: Object.fromEntries(judged),
      },
    });
  },
});

function recentVitals(database: Database): Promise<Vitals> {
  const found = kept.get(database);
  if (found && performance.now() < found.until) return found.vitals;
  const vitals = readVitals(database);
  kept.set(database, { until: performance.now() + keptFor, vitals });
  // An outage is told to whoever asks, and asked about again by the next.
  vitals.catch(() => kept.delete(database));
  return vitals;
}
