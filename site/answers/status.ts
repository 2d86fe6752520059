import { z } from 'zod';

const vital = z.object({
  state: z.enum(['well', 'late', 'none']),
  since: z.iso.datetime().nullable(),
  late_after_hours: z.number(),
});

/** What was done last and what waits, each with whether it is late. */
export const statusAnswer = z.object({
  at: z.iso.datetime(),
  snapshot_id: z.string().nullable(),
  waiting: z.number(),
  vitals: z.object({ recheck: vital, snapshot: vital, changes: vital, queue: vital, backup: vital }),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;
