import { sourceOf } from '../fetch/source.ts';
import type { JobCall } from '../job.ts';
import { type Outcome, run } from '../pull/run.ts';

export { report } from '../pull/report.ts';

import { readWhole } from './numbers.ts';
import type { pullFlags } from './pull.ts';

const standardMaxAge = 14;

/** Pulls from a place into a copy, as the flags say. Throws FlagError. */
export function performPull(
  { flags, tally, log, signal }: JobCall<typeof pullFlags>,
  copy: string,
  place: string,
): Promise<Outcome> {
  return run(
    { copy, maxAgeDays: readMaxAge(flags['max-age']), allowOlder: flags['allow-older'] },
    {
      source: sourceOf(place, { signal }),
      now: () => new Date(),
      tally: (done, total) =>
        tally({ done: Math.round(done / 1000), total: Math.round(total / 1000), unit: 'kB' }),
      log,
      signal,
    },
  );
}

function readMaxAge(text: string | undefined): number | null {
  if (text === 'none') return null;
  return readWhole('--max-age', text, 'days, or none') ?? standardMaxAge;
}
