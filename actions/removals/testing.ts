import type { Database } from '#sql/db.ts';
import { asRole } from '#sql/testing.ts';
import type { Place } from '../bucket/testing.ts';
import { type Input, type Outcome, run, type Tools } from './run.ts';

/** Refreshes removals where snapshots of `output` are published. The clock stands unless `tools` has another. */
export function refreshAt(
  db: Database,
  output: string,
  { bucket }: Pick<Place, 'bucket'>,
  options: Partial<Input> & Partial<Tools> = {},
): Promise<Outcome> {
  const { dryRun = false, ...tools } = options;
  return run(
    { output, dryRun },
    {
      db: asRole('jobs', db),
      bucket,
      now: () => new Date('2026-03-02T00:00:00Z'),
      progress: () => undefined,
      signal: new AbortController().signal,
      patience: { tries: 1, pause: 0 },
      ...tools,
    },
  );
}
