import type { Flags } from '../flags.ts';
import type { JobCall, JobResult } from '../job.ts';
import { report } from '../verify/report.ts';
import { run } from '../verify/run.ts';

/** Checks a copy; `most` findings of each kind are told by name. */
export async function performVerify(
  { tally, progress, signal }: Pick<JobCall<Flags>, 'tally' | 'progress' | 'signal'>,
  copy: string,
  most: number,
): Promise<JobResult> {
  const bytes = (done: number, total: number) =>
    tally({ done: Math.round(done / 1000), total: Math.round(total / 1000), unit: 'kB' });
  return report(await run({ copy, most }, { tally: bytes, progress, signal }));
}
