import { z } from 'zod';
import type { VitalName } from '#domain/vitals.ts';
import type { Alert } from './alert.ts';
import { ask, type Patience, readJson } from './ask.ts';

const vital = z.object({
  state: z.enum(['well', 'late', 'none']),
  since: z.iso.datetime().nullable(),
  late_after_hours: z.number(),
});
const status = z.object({
  vitals: z.object({
    recheck: vital,
    snapshot: vital,
    changes: vital,
    queue: vital,
    // A site of the release before does not tell of it.
    backup: vital.optional(),
  }),
});

const words: Record<VitalName, string> = {
  recheck: 'The last recheck that did its work ended',
  snapshot: 'The newest snapshot was published',
  changes: 'A change waits for a snapshot that was made',
  queue: 'A submission waits for a moderator that came to wait',
  backup: 'The newest backup of the database was made',
};

/** What the site says is late. Whether it answers at all is looked at elsewhere. */
export async function checkVitals(
  site: string,
  { now, patience }: { now: () => Date; patience: Patience },
): Promise<Alert[]> {
  const asked = await ask(`${site}/api/status`, patience);
  if (!('status' in asked) || asked.status >= 500) return [];
  const read = readJson(asked.text, status);
  if (read === null)
    return [{ key: 'site', sentence: `${site}/api/status is no status: it answers ${asked.status}.` }];
  return Object.entries(words).flatMap(([name, word]) => {
    const key = status.shape.vitals.keyof().parse(name);
    const found = read.vitals[key];
    if (found?.state !== 'late' || found.since === null) return [];
    const { since, late_after_hours } = found;
    const hours = Math.floor((now().getTime() - Date.parse(since)) / 3_600_000);
    return [{ key, sentence: `${word} ${hours} h ago, and is late after ${late_after_hours} h.` }];
  });
}
