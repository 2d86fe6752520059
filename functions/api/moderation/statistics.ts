import { z } from 'zod';
import { ok } from '#domain/result.ts';
import { readDeskStatistics } from '#sql/queries/desk-statistics.ts';
import { countQueue } from '#sql/queries/queue.ts';
import { endpoint } from '../../http/endpoint.ts';

const days = 30;

/**
 * GET /api/moderation/statistics: what waits, up to 1000 of a kind, since when, and what was decided in the last 30 days:
 * how many rows, how long they had waited, and why. `decided` counts `clear` too, where it ended a quarantine.
 */
export const statistics = endpoint({
  method: 'GET',
  who: 'moderator',
  input: z.object({}),
  async answer({ runtime: { database } }) {
    const found = await readDeskStatistics(database, days);
    const body = {
      oldest_waiting: found.oldestWaiting,
      waiting: await countQueue(database),
      days,
      decided: found.decided,
      median_hours: found.medianHours,
      by_decision: { approve: found.approve, reject: found.reject, remove: found.remove },
      by_reason: found.byReason,
    };
    return ok({ status: 200, body });
  },
});
