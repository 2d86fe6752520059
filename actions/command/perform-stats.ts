import type { JobCall, JobResult } from '../job.ts';
import { report } from '../stats/report.ts';
import { run } from '../stats/run.ts';
import type { selectionFlags } from './selection-flags.ts';
import { selectionOf } from './selection-of.ts';

/** Counts what the flags select of the snapshot in a copy. Throws FlagError. */
export async function performStats(
  { flags, signal }: JobCall<typeof selectionFlags>,
  copy: string,
): Promise<JobResult> {
  const selection = await selectionOf(flags);
  return report(await run({ copy, selection }, { signal }));
}
